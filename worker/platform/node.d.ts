// As much of Node's own modules as the Worker makes use of: the runtime has them, its types do not.

declare module "node:crypto" {
	export function createHash(algorithm: "sha256"): {
		update(text: string): { digest(encoding: "hex"): string };
	};
}

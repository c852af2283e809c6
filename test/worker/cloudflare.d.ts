// What tests reach by name: the Worker under test.

declare namespace Cloudflare {
	interface GlobalProps {
		mainModule: typeof import("../../worker/demo/index.ts");
	}
}

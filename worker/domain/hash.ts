// Where the same text is to come out the same, evenly spread, and nobody is kept from anything by it.

/** 32 bits, unsigned: FNV-1a, and MurmurHash3's finish, for ids differ in few letters. */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let place = 0; place < text.length; place++)
		hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}

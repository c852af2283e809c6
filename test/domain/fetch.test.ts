// Which addresses that somebody typed may be asked at all.

import fc from "fast-check";
import { expect, it } from "vitest";
import { refuseAddress } from "../../worker/platform/fetch.ts";

it.each([
	"https://shop.example.com/feed.xml",
	"http://shop.example.com/feed.xml?a=1",
	"https://8.8.8.8/feed",
	"https://[2606:4700:4700::1111]/feed",
	"https://localhost.example.com/",
	"https://sklep.pl./feed",
])("the public web may be asked: %s", (address) => {
	expect(refuseAddress(address)).toBeUndefined();
});

it.each([
	["not-an-address", "shop/feed.xml"],
	["not-http", "file:///etc/passwd"],
	["not-http", "ftp://shop.example.com/feed"],
	["not-http", "data:text/xml,<rss/>"],
	["not-http", "javascript:alert(1)"],
	["has-credentials", "https://user:secret@shop.example.com/"],
	["has-credentials", "https://shop.example.com@127.0.0.1/"],
	["other-port", "https://shop.example.com:6379/"],
	["other-port", "http://shop.example.com:22/"],
	["not-public", "http://localhost/"],
	["not-public", "http://localhost./"],
	["not-public", "http://shop.localhost/"],
	["not-public", "http://intranet/"],
	["not-public", "http://printer.local/"],
	["not-public", "http://metadata.google.internal/computeMetadata/v1/"],
	["not-public", "http://router.home.arpa/"],
	["not-public", "http://127.0.0.1/"],
	["not-public", "http://127.1/"],
	["not-public", "http://2130706433/"],
	["not-public", "http://0x7f000001/"],
	["not-public", "http://0177.0.0.1/"],
	["not-public", "http://0/"],
	["not-public", "http://１２７.０.０.１/"],
	["not-public", "http://10.1.2.3/"],
	["not-public", "http://172.31.255.255/"],
	["not-public", "http://192.168.1.1/"],
	["not-public", "http://100.100.100.200/"],
	["not-public", "http://169.254.169.254/latest/meta-data/"],
	["not-public", "http://198.19.0.1/"],
	["not-public", "http://224.0.0.1/"],
	["not-public", "http://255.255.255.255/"],
	["not-public", "http://[::1]/"],
	["not-public", "http://[::]/"],
	["not-public", "http://[::ffff:127.0.0.1]/"],
	["not-public", "http://[::ffff:7f00:1]/"],
	["not-public", "http://[64:ff9b::7f00:1]/"],
	["not-public", "http://[fe80::1]/"],
	["not-public", "http://[fd00:ec2::254]/"],
	["not-public", "http://[2002:7f00:1::]/"],
	["not-public", "http://[2001:0:7f00:1::]/"],
	["not-public", "http://[2001:db8::1]/"],
	["not-public", "http://[ff02::1]/"],
])("what is %s may not: %s", (why, address) => {
	expect(refuseAddress(address)).toBe(why);
});

it("the demo's own shop may be asked on a developer's machine, and nothing else there", () => {
	const local = "http://localhost:8788";
	expect(refuseAddress("http://localhost:8788/feed.xml", local)).toBeUndefined();
	for (const other of ["http://localhost:8787/", "http://127.0.0.1:8788/", "https://localhost:8788/"])
		expect(refuseAddress(other, local)).toBe("not-public");
});

it("no network of one's own is reached however its address is written", () => {
	const part = fc.integer({ min: 0, max: 255 });
	const ours = fc.oneof(
		fc.tuple(fc.constant(10), part, part, part),
		fc.tuple(fc.constant(127), part, part, part),
		fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), part, part),
		fc.tuple(fc.constant(192), fc.constant(168), part, part),
		fc.tuple(fc.constant(169), fc.constant(254), part, part),
	);
	fc.assert(
		fc.property(ours, ([a, b, c, d]) => {
			const value = ((a * 256 + b) * 256 + c) * 256 + d;
			const hex = value.toString(16);
			const spellings = [
				`${a}.${b}.${c}.${d}`,
				String(value),
				`0x${hex}`,
				`0${a.toString(8)}.${b}.${c}.${d}`,
				`${a}.${b}.${c * 256 + d}`,
				`[::ffff:${a}.${b}.${c}.${d}]`,
			];
			for (const host of spellings) expect(refuseAddress(`http://${host}/`)).toBe("not-public");
		}),
	);
});

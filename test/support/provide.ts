// Before the first test: what tests need of the machine.

import { provideBrowsers } from "./chromium.ts";

export default provideBrowsers;

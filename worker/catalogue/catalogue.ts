// A site's catalogue: its products, and what becomes of them.

import { DurableObject } from "cloudflare:workers";
import type { ContentEnv } from "../platform/env.ts";

export class Catalogue extends DurableObject<ContentEnv> {}

// Whether an offer is one that the chunk of frames draws by itself.

import type { Offer } from "../../worker/protocol/experience.ts";

export const isFrame = ({ chunk }: Offer): boolean => chunk === "frame";

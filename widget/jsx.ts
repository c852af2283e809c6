// What JSX becomes, as the build has it.

export { Fragment, h } from "./ui/draw.ts";

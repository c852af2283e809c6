// What JSX becomes, as the build has it: the classic way, which weighs less than Preact's jsx-runtime.

export { Fragment, h } from "preact";

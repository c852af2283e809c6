import { html } from "./html.ts";

export const style = html`:root{color-scheme:light dark;--paper:light-dark(#fff,#1b1f1b);--ink:light-dark(#1c211d,#e6eae5);--soft:light-dark(#5a635c,#a2aca3);--line:light-dark(#dfe3dc,#333a33);--accent:light-dark(#256b42,#7fce9e);--tint:light-dark(#e9f3ec,#20372a);--grave:light-dark(#a3231f,#ff9c94)}
*{box-sizing:border-box}
body{margin:0;background:light-dark(#f4f5f2,#131613);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:40rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{margin:0 0 .5rem;font-size:1.6rem;line-height:1.25;text-wrap:balance}
h2{margin:0 0 .75rem;font-size:1.05rem}
p{margin:0 0 .75rem}
section{margin-top:1rem;padding:1rem;border:1px solid var(--line);border-radius:10px;background:var(--paper)}
.faint,.rows span,time{color:var(--soft)}
.rows{display:grid;gap:.5rem}
.rows div,.rows label{display:grid;grid-template-columns:minmax(7rem,1fr) 2fr;gap:.75rem;align-items:center}
b{font-weight:600;overflow-wrap:anywhere}
input:not([type=hidden]){width:100%;min-width:0;padding:.5rem .6rem;border:1px solid var(--soft);border-radius:6px;background:none;color:inherit;font:inherit}
button{min-height:2.75rem;padding:.4rem 1rem;border:1px solid var(--accent);border-radius:6px;background:none;color:var(--accent);font:inherit;font-weight:600;cursor:pointer}
button.grave{border-color:var(--grave);color:var(--grave)}
.rows button{justify-self:start}
.language{display:flex;justify-content:flex-end}
.language button{border:0;padding:.4rem 0;text-decoration:underline}
.note{padding:.6rem .8rem;border-radius:6px;background:var(--tint)}
ol{margin:0;padding:0;list-style:none;max-height:22rem;overflow-y:auto}
li{padding:.4rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
li:first-child{border-top:0}
time{display:block;font-size:.85rem}
details{margin-top:1rem}
summary{min-height:2.75rem;padding:.5rem 0;cursor:pointer;color:var(--grave);font-weight:600}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
@media(max-width:26rem){.rows div,.rows label{grid-template-columns:1fr;gap:.1rem}}`;

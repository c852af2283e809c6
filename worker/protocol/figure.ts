import type * as z from "zod/mini";
import type * as schema from "./figure.schema.ts";
import type * as report from "./report.schema.ts";

export type Today = z.infer<typeof schema.TodayView>;
export type Totals = Today["today"];
export type Need = z.infer<typeof schema.Need>;
export type Needs = z.infer<typeof schema.Needs>;
export type Live = z.infer<typeof schema.LiveView>;
export type Present = Live["visitors"][number];
export type Visits = z.infer<typeof schema.VisitsView>;
export type Funnel = z.infer<typeof schema.FunnelView>;
export type Segments = z.infer<typeof schema.SegmentsView>;
export type Scores = z.infer<typeof schema.ScoresView>;
export type SizesOverTime = z.infer<typeof schema.SizesView>;
export type Pools = z.infer<typeof schema.PoolsView>;
export type Experiences = z.infer<typeof report.ExperienceReport>;
export type Frames = z.infer<typeof report.FrameReport>;
export type Products = z.infer<typeof report.ProductReport>;

// Who works at the site, and who is invited to.

import { UserPlus } from "lucide";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Role } from "../../../../domain/role.ts";
import type { Team as All, Invitations } from "../../../../protocol/account.ts";
import { useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Select } from "../../parts/field.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { Avatar, Badge } from "../../parts/show.tsx";
import { type Column, Table } from "../../parts/table.tsx";
import { findSession, whoami } from "../../session.ts";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import { Invite, useRoleOptions } from "./invite.tsx";

type Member = All["members"][number];

export function Team() {
	const { settings: words, roles, shell } = useWords();
	const format = useFormat();
	const { route } = useLocation();
	const site = useSite();
	const isOwner = useMay("owner");
	const roleOptions = useRoleOptions();
	const asked = useAsked<All>(`${site.api}/team`);
	const [removing, setRemoving] = useState<Member>();
	const [isInviting, setInviting] = useState(false);
	const [invited, setInvited] = useState(0);
	const me = whoami.value?.account?.id;

	async function change(doing: Promise<unknown>, { account }: Member, done?: string): Promise<void> {
		try {
			await doing;
			if (done) say(done);
			if (account === me) {
				await findSession();
				route("/admin");
				return;
			}
		} catch (error) {
			if (error instanceof Refusal && error.body.error === "last-owner") say(words.lastOwner);
			else sayRefused(error);
		}
		asked.refresh();
	}
	function setRole(member: Member, role: Role): void {
		const put = (to: Role) => call("PUT", `${site.api}/team/${member.account}`, { role: to });
		if (asked.value)
			asked.expect({
				members: asked.value.members.map((one) => (one.account === member.account ? { ...one, role } : one)),
			});
		void change(put(role), member, words.roleSet(member.name || member.email, roles.names[role]));
	}
	const acts: Column<Member> = {
		id: "acts",
		label: shell.remove,
		isActs: true,
		cell: (one) => (
			<Button
				small
				kind="danger"
				title={words.removeMember(one.name || one.email)}
				onClick={() => setRemoving(one)}
			>
				{one.account === me ? words.leave : shell.remove}
			</Button>
		),
	};
	return (
		<>
			<Section
				plain
				title={words.members}
				hint={isOwner ? words.membersHint : words.membersRead}
				actions={
					isOwner && (
						<Button kind="primary" icon={UserPlus} onClick={() => setInviting(true)}>
							{words.invite}
						</Button>
					)
				}
			>
				<Answered asked={asked}>
					{({ members }) => (
						<Table
							label={words.members}
							rows={members}
							keyOf={({ account }) => account}
							columns={[
								{
									id: "name",
									label: words.colleague,
									isMain: true,
									cell: ({ name, email, account }) => (
										<span class="settings-person">
											<Avatar name={name || email} />
											<span>
												{name || email} {account === me && <Badge kind="accent">{words.you}</Badge>}
												<small>{email}</small>
											</span>
										</span>
									),
								},
								{
									id: "role",
									label: roles.role,
									cell: (one) =>
										isOwner && one.account !== me ? (
											<Select
												label={words.roleOf(one.name || one.email)}
												hideLabel
												value={one.role}
												options={roleOptions}
												onChange={(role) => setRole(one, role)}
											/>
										) : (
											roles.names[one.role]
										),
								},
								{
									id: "factor",
									label: words.factor,
									cell: ({ hasSecondFactor }) => (hasSecondFactor ? shell.yes : shell.no),
								},
								{
									id: "seen",
									label: words.seen,
									cell: ({ seenAt }) => (seenAt === null ? words.never : format.relative(seenAt)),
								},
								...(isOwner ? [acts] : []),
							]}
						/>
					)}
				</Answered>
			</Section>
			{isOwner && <Invited key={invited} />}
			<Section title={words.rolesTitle}>
				<dl class="facts">
					{roleOptions.map(({ value, label }) => (
						<>
							<dt key={value}>{label}</dt>
							<dd>{roles.what[value]}</dd>
						</>
					))}
				</dl>
			</Section>
			{isInviting && <Invite onClose={() => setInviting(false)} onDone={() => setInvited(invited + 1)} />}
			{removing && (
				<Confirm
					title={words.removeMember(removing.name || removing.email)}
					act={removing.account === me ? words.leave : shell.remove}
					danger
					onAct={() => {
						setRemoving(undefined);
						void change(
							call("DELETE", `${site.api}/team/${removing.account}`),
							removing,
							words.memberRemoved,
						);
					}}
					onClose={() => setRemoving(undefined)}
				>
					<p>{words.removeMemberWhy}</p>
				</Confirm>
			)}
		</>
	);
}

/** Those who have not come yet. */
function Invited() {
	const { settings: words, roles } = useWords();
	const format = useFormat();
	const site = useSite();
	const address = `${site.api}/invitations`;
	const asked = useAsked<Invitations>(address);
	async function revoke(id: string): Promise<void> {
		if (asked.value) asked.expect({ invitations: asked.value.invitations.filter((one) => one.id !== id) });
		try {
			await call("DELETE", `${address}/${id}`);
			say(words.invitationRevoked);
		} catch (error) {
			sayRefused(error);
		}
		asked.refresh();
	}
	if (asked.value?.invitations.length === 0) return null;
	return (
		<Section plain title={words.invitations}>
			<Answered asked={asked} rows={1}>
				{({ invitations }) => (
					<Table
						label={words.invitations}
						rows={invitations}
						keyOf={({ id }) => id}
						columns={[
							{ id: "email", label: words.email, isMain: true, cell: ({ email }) => email },
							{ id: "role", label: roles.role, cell: ({ role }) => roles.names[role] },
							{ id: "ends", label: words.ends, cell: ({ expiresAt }) => format.relative(expiresAt) },
							{
								id: "acts",
								label: words.revoke,
								isActs: true,
								cell: ({ id, email }) => (
									<Button small title={words.revokeInvitation(email)} onClick={() => void revoke(id)}>
										{words.revoke}
									</Button>
								),
							},
						]}
					/>
				)}
			</Answered>
		</Section>
	);
}

import { useWords } from "../../language.ts";
import { Input } from "../../parts/field.tsx";

export function NewPassword({
	value,
	onInput,
}: {
	readonly value: string;
	readonly onInput: (password: string) => void;
}) {
	const { session } = useWords();
	return (
		<Input
			label={session.newPassword}
			hint={session.passwordHint}
			type="password"
			autocomplete="new-password"
			minLength={10}
			maxLength={256}
			required
			value={value}
			onInput={onInput}
		/>
	);
}

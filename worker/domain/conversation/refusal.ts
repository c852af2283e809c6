/** Why a command was not done. */
export type Refusal =
	/** Nothing was said. */
	| "empty"
	/** There is no such conversation, or it is none of yours. */
	| "conversation-unknown"
	/** There is no such message of yours, or it is deleted. */
	| "message-unknown"
	/** Its time to be changed is over. */
	| "too-late"
	/** Another agent did something that you have not seen. */
	| "stale"
	/** It is another agent's. */
	| "taken"
	/** There is no such agent at this site. */
	| "agent-unknown"
	/** No agent has answered yet. */
	| "nothing-to-rate"
	/** There is no such file of this conversation, or it never came. */
	| "file-unknown"
	/** The conversation has all files that it may have. */
	| "too-many-files"
	/** The instant is past, or too far away. */
	| "instant-refused"
	/** No page of the visitor is open. */
	| "not-here"
	/** It is not live, stands in a place of its own, or gives something to each but once; or it was not filled (see `push`). */
	| "experience-unknown"
	/** There is no address that it could go to. */
	| "address-unknown"
	/** Too many in too short a time: wait, and send it again under the same id. */
	| "flood"
	/** The conversation has grown as long as one may. */
	| "too-long";

import * as Type from "typebox";

/** ISO 8601 in UTC. */
export const Timestamp = Type.String({ format: "date-time" });

/** Contract versions, newest first. */
export const Versions = Type.Array(Type.String());

/** How something is. */
export const State = Type.Enum(["healthy", "degraded", "down"]);

/** A connection's identifier, as the server gives it. */
export const ConnectionId = Type.String({ minLength: 1, maxLength: 128 });

/** Lines of the log that say what an administrator did. A flood of lines leaves out others, never these. */
export const auditLines = {
  limitsChanged: "limits were changed",
  connectionEnded: "a connection was ended",
} as const;

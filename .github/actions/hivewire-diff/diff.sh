#!/usr/bin/env bash
# Runs check and diff, then says the result where people look: annotations, the job summary, one comment.
# Reads HIVEWIRE_* and GITHUB_*; calls npx, and gh for the comment. Ends with the highest exit code of the two.
set -uo pipefail

readonly marker='<!-- hivewire-diff -->'
# Comments of ours that are tried; more than one means that somebody copied it.
readonly max_comments=5

# npm reads its own settings from variables; the token is for gh alone.
token="${GH_TOKEN:-}"
unset GH_TOKEN

hivewire() {
  if [ -n "${HIVEWIRE_VERSION:-}" ]; then
    npx --yes "@hivewire/cli@$HIVEWIRE_VERSION" "$@"
  else
    npx --no-install hivewire "$@"
  fi
}

github() {
  GH_TOKEN="$token" gh "$@"
}

project=()
if [ -n "${HIVEWIRE_SCHEMA:-}" ]; then
  project+=("--schema=$HIVEWIRE_SCHEMA")
fi
baseline=()
if [ "${HIVEWIRE_AGAINST:-}" = transitive ]; then
  baseline+=(--transitive)
elif [ -n "${HIVEWIRE_AGAINST:-}" ]; then
  baseline+=("--against=$HIVEWIRE_AGAINST")
fi

check_code=0
if [ "${HIVEWIRE_CHECK:-true}" = true ]; then
  hivewire check --format github ${project[@]+"${project[@]}"} || check_code=$?
fi

diff_code=0
hivewire diff --format github ${project[@]+"${project[@]}"} ${baseline[@]+"${baseline[@]}"} || diff_code=$?

report="$(mktemp)"
trap 'rm -f "$report"' EXIT
# The exit code is known already; this run is for its text.
hivewire diff --format markdown ${project[@]+"${project[@]}"} ${baseline[@]+"${baseline[@]}"} >"$report" || true

if [ -s "$report" ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  cat "$report" >>"$GITHUB_STEP_SUMMARY"
fi

# Prints the ids of comments that begin with the marker, oldest first.
earlier_comments() {
  github api --paginate "repos/$GITHUB_REPOSITORY/issues/$HIVEWIRE_PULL_REQUEST/comments?per_page=100" \
    --jq ".[] | select(.body | startswith(\"$marker\")) | .id" | head -n "$max_comments"
}

update_comment() {
  local id
  for id in $(earlier_comments); do
    # A comment that somebody else wrote cannot be changed: the next one may be ours.
    if github api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" \
      --field "body=@$report" 2>/dev/null; then
      return 0
    fi
  done
  github api --silent --method POST "repos/$GITHUB_REPOSITORY/issues/$HIVEWIRE_PULL_REQUEST/comments" \
    --field "body=@$report"
}

if [ "${HIVEWIRE_COMMENT:-true}" = true ] && [ -s "$report" ] && [ -n "${HIVEWIRE_PULL_REQUEST:-}" ]; then
  if ! update_comment; then
    echo "::warning title=hivewire diff::The comment could not be written. Please give the job pull-requests: write; pull requests from forks have no such right, and the job summary holds the same text."
  fi
fi

code=$((check_code > diff_code ? check_code : diff_code))
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  echo "exit-code=$code" >>"$GITHUB_OUTPUT"
fi
exit "$code"

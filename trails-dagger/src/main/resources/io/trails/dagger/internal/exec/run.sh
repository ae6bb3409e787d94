# Runs one command of a session and tells in files how it ended. Whatever happens it ends with 0 itself: of a command that a
# signal ended the engine keeps nothing, and what the command had changed would be gone.
#
# What the command leaves in the background is not waited for: it ends with this script, the first process of its container.
#
# usage: sh run.sh IO SECONDS ROUNDED INPUT DIRECTORY CPU FILES BLOCKS PROGRAM [ARGUMENT]...
#   IO               an empty directory for out, err, end and late
#   SECONDS ROUNDED  until the command is ended, exactly and in whole seconds; 0 for never
#   INPUT            none, pipe or a file
#   CPU FILES BLOCKS limits of each process: seconds, open files, blocks of 512 bytes per file; 0 for none
#
# The names of its variables are such that no command has them: an assignment to a variable that came with the environment
# would reach the command.
_trails_io=$1 _trails_limit=$2 _trails_rounded=$3 _trails_input=$4 _trails_dir=$5 _trails_cpu=$6 _trails_files=$7 _trails_blocks=$8
shift 8
unset TRAILS_OP

_trails_tell() {
  [ -d "$_trails_io" ] || mkdir -p "$_trails_io"
  printf '%s\n' "$*" > "$_trails_io/end.new" && mv -f "$_trails_io/end.new" "$_trails_io/end"
}

_trails_refuse() {
  _trails_tell unlimited "$1"
  exit 1
}

: > "$_trails_io/out"
: > "$_trails_io/err"

case $_trails_input in
none) exec 3</dev/null ;;
pipe) exec 3<&0 ;;
*)
  if [ ! -r "$_trails_input" ]; then
    _trails_tell unstarted input
    exit 0
  fi
  exec 3<"$_trails_input"
  ;;
esac
exec </dev/null

# A runtime that knows no home for an id says '/'.
if [ "${HOME:-/}" = / ] && [ -r /etc/passwd ]; then
  _trails_id=$(id -u 2>/dev/null)
  _trails_home=/home/trails
  while IFS=: read -r _ _ _trails_uid _ _ _trails_where _; do
    [ "$_trails_uid" = "$_trails_id" ] && _trails_home=$_trails_where && break
  done < /etc/passwd
  if [ -d "$_trails_home" ]; then
    HOME=$_trails_home
    export HOME
  fi
fi

if ! CDPATH= cd -- "$_trails_dir" 2>/dev/null; then
  _trails_tell unstarted directory
  exit 0
fi

# The shell's own 'command -v' would also find what is built into it.
_trails_found=
case $1 in
*/*)
  [ -f "$1" ] && [ -x "$1" ] && _trails_found=$1
  ;;
*)
  _trails_rest=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}:
  while [ -n "$_trails_rest" ]; do
    _trails_place=${_trails_rest%%:*}
    _trails_rest=${_trails_rest#*:}
    if [ -f "${_trails_place:-.}/$1" ] && [ -x "${_trails_place:-.}/$1" ]; then
      _trails_found=${_trails_place:-.}/$1
      break
    fi
  done
  ;;
esac
if [ -z "$_trails_found" ]; then
  _trails_tell unstarted program
  exit 0
fi

_trails_hit=
trap '_trails_hit=1' HUP INT QUIT TERM

(
  trap - HUP INT QUIT TERM
  exec <&3 3<&- >>"$_trails_io/out" 2>>"$_trails_io/err"
  # The soft limit tells by a signal of its own that it was reached, so the hard one lies a second above it.
  if [ "$_trails_cpu" != 0 ]; then
    { ulimit -S -t "$_trails_cpu" && ulimit -H -t $((_trails_cpu + 1)); } 2>/dev/null || _trails_refuse CPU_TIME
  fi
  if [ "$_trails_files" != 0 ]; then
    ulimit -n "$_trails_files" 2>/dev/null || _trails_refuse OPEN_FILES
  fi
  if [ "$_trails_blocks" != 0 ]; then
    ulimit -f "$_trails_blocks" 2>/dev/null || _trails_refuse FILE_SIZE
  fi
  # If nothing takes the place of this shell, as with a script whose interpreter is missing.
  trap '_trails_tell unstarted program' EXIT
  exec "$@"
) 2>/dev/null &
_trails_pid=$!
exec 3<&-

_trails_dog=
if [ "$_trails_limit" != 0 ]; then
  (
    trap - HUP INT QUIT TERM
    sleep "$_trails_limit" || sleep "$_trails_rounded" || exit 0
    : > "$_trails_io/late"
    kill -TERM "$_trails_pid"
    sleep 1
    kill -KILL "$_trails_pid"
  ) >/dev/null 2>&1 &
  _trails_dog=$!
fi

while :; do
  _trails_hit=
  wait "$_trails_pid"
  _trails_code=$?
  [ -n "$_trails_hit" ] || break
done
[ -z "$_trails_dog" ] || kill -KILL "$_trails_dog" 2>/dev/null

# In a subshell bash drops the trap that would tell.
case ${BASH_VERSION:+$_trails_code} in
126 | 127)
  IFS= read -r _trails_line < "$_trails_found" 2>/dev/null
  case $_trails_line in
  '#!'*)
    set -f
    set -- ${_trails_line#??}
    [ -x "$1" ] || _trails_tell unstarted program
    ;;
  esac
  ;;
esac

[ -e "$_trails_io/end" ] || _trails_tell exited "$_trails_code"
exit 0

# Runs one command of a session and tells in files how it ended. Whatever happens it ends with 0 itself: of a command that a
# signal ended the engine keeps nothing, and what the command had changed would be gone.
#
# What the command leaves in the background is not waited for: it ends with this script, the first process of its container.
#
# usage: sh run.sh IO SECONDS ROUNDED INPUT DIRECTORY CPU FILES BLOCKS PROGRAM [ARGUMENT]...
#   IO               an empty directory for out, err, end, late and pid
#   SECONDS ROUNDED  until the command is ended, exactly and in whole seconds; 0 for never
#   INPUT            none, pipe or a file
#   CPU FILES BLOCKS limits of each process: seconds, open files, blocks of 512 bytes per file; 0 for none
#
# TRAILS_HIDE names variables of the engine that the command does not get, unless TRAILS_SHOW has them, too.
# TRAILS_ODD tells how many variables TRAILS_ODD_1, TRAILS_ODD_2 ... hold what env is to set: NAME=VALUE.
#
# The names of its variables are such that no command has them: an assignment to a variable that came with the environment
# would reach the command.

# A command's own search path is no place to look for what this script needs.
_trails_tools=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin${PATH:+:$PATH}

_trails_tell() {
  [ -d "$_trails_io" ] || PATH=$_trails_tools mkdir -p "$_trails_io"
  printf '%s\n' "$*" > "$_trails_io/end.new" && PATH=$_trails_tools mv -f "$_trails_io/end.new" "$_trails_io/end"
}

# The command may have closed the directory to its own user.
_trails_open() {
  [ -r "$_trails_io" ] && [ -w "$_trails_io" ] && [ -x "$_trails_io" ] || PATH=$_trails_tools chmod 700 "$_trails_io"
}

# An engine hands out all of the directory or nothing, and with it what the command did elsewhere: not if there is what the user of
# the host cannot write, such as a file in a directory that is read-only.
_trails_tidy() {
  for _trails_file in "$_trails_io"/* "$_trails_io"/.[!.]* "$_trails_io"/..?*; do
    case ${_trails_file##*/} in
    out | err | end | late | pid) [ ! -f "$_trails_file" ] || [ -h "$_trails_file" ] || continue ;;
    esac
    if [ -h "$_trails_file" ]; then
      PATH=$_trails_tools rm -f "$_trails_file"
    elif [ -e "$_trails_file" ]; then
      PATH=$_trails_tools chmod -R u+rwx "$_trails_file"
      PATH=$_trails_tools rm -rf "$_trails_file"
    fi
  done
  for _trails_file in out err; do
    [ -e "$_trails_io/$_trails_file" ] || : > "$_trails_io/$_trails_file"
  done
}

# A shell of its own, in whose place the command goes: one in the background would leave it deaf to interrupts.
_trails_become() {
  _trails_io=$1 _trails_input=$4 _trails_dir=$5 _trails_cpu=$6 _trails_files=$7 _trails_blocks=$8
  shift 8
  for _trails_name in ${TRAILS_HIDE-}; do
    case " ${TRAILS_SHOW-} " in
    *" $_trails_name "*) ;;
    *) unset "$_trails_name" ;;
    esac
  done
  unset TRAILS_OP TRAILS_HIDE TRAILS_SHOW
  echo $$ > "$_trails_io/pid"

  case $_trails_input in
  none) exec </dev/null ;;
  pipe) ;;
  *)
    [ -r "$_trails_input" ] || _trails_end unstarted input
    exec <"$_trails_input"
    ;;
  esac

  _trails_find_home
  CDPATH= cd -- "$_trails_dir" 2>/dev/null || _trails_end unstarted directory
  unset OLDPWD
  _trails_find "$1" || _trails_end unstarted program

  exec >>"$_trails_io/out" 2>>"$_trails_io/err"
  # The soft limit tells by a signal of its own that it was reached, so the hard one lies a second above it.
  if [ "$_trails_cpu" != 0 ]; then
    { ulimit -S -t "$_trails_cpu" && ulimit -H -t $((_trails_cpu + 1)); } 2>/dev/null || _trails_end unlimited CPU_TIME
  fi
  if [ "$_trails_files" != 0 ]; then
    ulimit -n "$_trails_files" 2>/dev/null || _trails_end unlimited OPEN_FILES
  fi
  if [ "$_trails_blocks" != 0 ]; then
    ulimit -f "$_trails_blocks" 2>/dev/null || _trails_end unlimited FILE_SIZE
  fi

  # A shell drops variables whose names it could not use itself; env passes them on.
  _trails_odd=${TRAILS_ODD:-0}
  [ "$_trails_odd" = 0 ] || {
    while [ "$_trails_odd" -gt 0 ]; do
      eval "_trails_pair=\$TRAILS_ODD_$_trails_odd"
      unset "TRAILS_ODD_$_trails_odd"
      set -- "$_trails_pair" "$@"
      _trails_odd=$((_trails_odd - 1))
    done
    unset TRAILS_ODD
    set -- "$(PATH=$_trails_tools && command -v env || echo env)" "$@"
  }

  # If nothing takes the place of this shell, as with a script whose interpreter is missing, some shells end and others go on.
  trap '_trails_tell unstarted program' EXIT
  command -v shopt >/dev/null && set +o posix && shopt -s execfail
  exec "$@"
}

_trails_end() {
  _trails_tell "$@"
  exit 0
}

# A runtime that knows no home for an id says '/'.
_trails_find_home() {
  [ "${HOME:-/}" = / ] && [ -r /etc/passwd ] || return 0
  _trails_id=$(PATH=$_trails_tools && id -u 2>/dev/null)
  _trails_home=/home/trails
  while IFS=: read -r _ _ _trails_uid _ _ _trails_where _; do
    [ "$_trails_uid" = "$_trails_id" ] && _trails_home=$_trails_where && break
  done < /etc/passwd
  [ -d "$_trails_home" ] || return 0
  HOME=$_trails_home
  export HOME
}

# The shell's own 'command -v' would also find what is built into it.
_trails_find() {
  case $1 in
  */*)
    [ -f "$1" ] && [ -x "$1" ]
    return
    ;;
  esac
  _trails_rest=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}:
  while [ -n "$_trails_rest" ]; do
    _trails_place=${_trails_rest%%:*}
    _trails_rest=${_trails_rest#*:}
    [ -f "${_trails_place:-.}/$1" ] && [ -x "${_trails_place:-.}/$1" ] && return 0
  done
  return 1
}

if [ "$1" = become ]; then
  shift
  _trails_become "$@"
  exit 127
fi

_trails_io=$1
: > "$_trails_io/out"
: > "$_trails_io/err"

_trails_dog=
if [ "$2" != 0 ]; then
  (
    PATH=$_trails_tools
    sleep "$2" || sleep "$3" || exit 0
    _trails_open
    : > "$_trails_io/late"
    # On a busy machine the command may not have begun yet.
    until read -r _trails_pid < "$_trails_io/pid"; do sleep 0.05 || sleep 1; done
    kill -TERM "$_trails_pid"
    sleep 1
    kill -KILL "$_trails_pid"
  ) </dev/null >/dev/null 2>&1 &
  _trails_dog=$!
fi

trap : HUP INT QUIT TERM
/bin/sh "$0" become "$@"
_trails_code=$?
[ -z "$_trails_dog" ] || kill -KILL "$_trails_dog" 2>/dev/null

{
  _trails_open
  _trails_tidy
  [ -e "$_trails_io/end" ] || _trails_tell exited "$_trails_code"
  PATH=$_trails_tools chmod 600 "$_trails_io/out" "$_trails_io/err" "$_trails_io/end"
} 2>/dev/null
exit 0

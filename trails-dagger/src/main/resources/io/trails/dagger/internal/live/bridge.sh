# Connects a program to the host over five connections that each go one way: events, out and err to the host, control and in
# from it. The end of the control connection, be it that the host says so or is gone, is the end of the program. The host says so
# in a word, too: an engine holds back the end of a connection whose other half cannot be closed here.
#   sh bridge.sh CONNECTOR TOOL ADDRESS SCRIPTS DIRECTORY LIMITS PROGRAM [ARGUMENT...]
# The names of variables start with trails_: assigning to one that the program's environment has would change what it gets.
unset trails_token
trails_token=$TRAILS_TOKEN
# What the engine sets for itself is none of the program's business, unless it was given one of that name.
for trails_name in ${TRAILS_HIDE-}; do
  case " ${TRAILS_SHOW-} " in
  *" $trails_name "*) ;;
  *) unset "$trails_name" ;;
  esac
done
unset TRAILS_TOKEN TRAILS_OP TRAILS_HIDE TRAILS_SHOW
trails_via=$1 trails_tool=$2 trails_at=$3 trails_scripts=$4 trails_dir=$5 trails_limits=$6
shift 6

# The program's environment must not lead the connectors astray.
trails_own() {
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  unset LD_PRELOAD LD_LIBRARY_PATH PERL5OPT PERL5LIB PERL5DB PERLIO PYTHONPATH PYTHONHOME BASH_ENV ENV
}

# Standard input and output over a connection, whose half is closed when the input ends.
trails_netcat() {
  trails_own
  case $trails_via in
  socat) exec "$trails_tool" -t 31536000 - "$trails_at" 2>/dev/null ;;
  nc-N) exec "$trails_tool" -N $trails_at 2>/dev/null ;;
  busybox) exec "$trails_tool" nc $trails_at 2>/dev/null ;;
  *) exec "$trails_tool" $trails_at 2>/dev/null ;;
  esac
}

# Standard input to the host, under a name.
trails_send() {
  case $trails_via in
  perl) trails_own; TRAILS_HELLO="$trails_token $1" exec "$trails_tool" "$trails_scripts/connect.pl" "$trails_at" send 2>/dev/null ;;
  python) trails_own; TRAILS_HELLO="$trails_token $1" exec "$trails_tool" -IS "$trails_scripts/connect.py" "$trails_at" send 2>/dev/null ;;
  bash)
    trails_own
    TRAILS_HELLO="$trails_token $1 -" exec "$trails_tool" -c '
      exec 7<>"/dev/tcp/$1/$2" || exit 1
      printf "%s\n" "$TRAILS_HELLO" >&7
      exec cat >&7' trails $trails_at 2>/dev/null
    ;;
  *) { printf '%s\n' "$trails_token $1 -"; trails_own; exec cat; } | trails_netcat ;;
  esac
}

# What the host sends under a name, to standard output.
trails_receive() {
  case $trails_via in
  perl) trails_own; TRAILS_HELLO="$trails_token $1" exec "$trails_tool" "$trails_scripts/connect.pl" "$trails_at" receive 2>/dev/null ;;
  python) trails_own; TRAILS_HELLO="$trails_token $1" exec "$trails_tool" -IS "$trails_scripts/connect.py" "$trails_at" receive 2>/dev/null ;;
  bash)
    trails_own
    TRAILS_HELLO="$trails_token $1 -" exec "$trails_tool" -c '
      exec 7<>"/dev/tcp/$1/$2" || exit 1
      printf "%s\n" "$TRAILS_HELLO" >&7
      exec cat <&7' trails $trails_at 2>/dev/null
    ;;
  *) printf '%s\n' "$trails_token $1 -" | trails_netcat ;;
  esac
}

# A script whose interpreter is missing cannot be run either.
trails_interpreted() {
  [ -f "$1" ] && [ -x "$1" ] || return 1
  IFS= read -r trails_line 2>/dev/null <"$1" || return 0
  case $trails_line in
  '#!'*) ;;
  *) return 0 ;;
  esac
  set -f
  set -- ${trails_line#??}
  set +f
  [ -x "$1" ]
}
trails_runnable() {
  case $1 in
  */*) trails_interpreted "$1"; return ;;
  esac
  trails_path=${PATH-/usr/bin:/bin}:
  while [ -n "$trails_path" ]; do
    trails_entry=${trails_path%%:*} trails_path=${trails_path#*:}
    if [ -f "${trails_entry:-.}/$1" ] && [ -x "${trails_entry:-.}/$1" ]; then
      trails_interpreted "${trails_entry:-.}/$1"
      return
    fi
  done
  return 1
}

# A runtime that knows no home for an id says '/'.
trails_find_home() {
  [ "${HOME:-/}" = / ] && [ -r /etc/passwd ] || return 0
  trails_id=$(trails_own; id -u 2>/dev/null)
  trails_home=/home/trails
  while IFS=: read -r trails_name trails_word trails_uid trails_gid trails_real trails_where trails_shell; do
    [ "$trails_uid" != "$trails_id" ] || { trails_home=$trails_where; break; }
  done </etc/passwd
  [ -d "$trails_home" ] || return 0
  HOME=$trails_home
  export HOME
}

# The program in the foreground, where interrupts are not ignored. This shell says so on its own standard error when a signal
# ends what it waits for, so only the shell inside, whose place the program takes, has the program's.
trails_program() {
  /bin/sh -c 'exec >&4 2>&5 4>&- 5>&-
    printf "started %s %s %s\n" "$$" "$1" "$2" >&9
    exec 9>&-
    eval "$3"
    shift 3
    exec "$@"' trails "$$" "$PPID" "$trails_limits" "$@"
  trails_code=$?
  [ "$trails_code" -le 255 ] || trails_code=$((trails_code - 128))
  printf 'exit %s\n' "$trails_code" >&9
}

trails_main() {
  CDPATH= cd -- "$trails_dir" 2>/dev/null || { printf 'failed directory\n'; return; }
  unset OLDPWD
  trails_find_home
  trails_runnable "$1" || { printf 'failed program\n'; return; }
  exec 9>&1
  # The shell around both waits for the first, and holds the second meanwhile: errors end once the host has the end of the output.
  {
    {
      trails_receive in 3>&- 9>&- 2>/dev/null </dev/null | trails_program "$@" 4>&1 5>&3 3>&- 2>/dev/null >/dev/null
    } | trails_send out 3>&- 9>&- >/dev/null
  } 3>&1 >/dev/null | trails_send err 9>&- >/dev/null
}

# Processes as the kernel lists them: id, parent, state, user time, system time, resident pages.
trails_process() {
  printf 'process %s %s %s %s %s %s\n' "$1" "$3" "$2" "${13}" "${14}" "${23}"
}
trails_usage() {
  for trails_file in /proc/[0-9]*/stat; do
    read -r trails_line 2>/dev/null <"$trails_file" || continue
    trails_process "${trails_line%% *}" ${trails_line##*) }
  done
  printf 'usage %s %s\n' "$1" "$(trails_own; getconf PAGESIZE 2>/dev/null || echo 4096)"
}

# Sets trails_found to a process and all its descendants.
trails_parent() {
  case "$trails_found" in
  *" $1 "*) ;;
  *" $3 "*) trails_found="$trails_found$1 " trails_grown=1 ;;
  esac
}
trails_descend() {
  trails_found=" $1 " trails_grown=1
  while [ -n "$trails_grown" ]; do
    trails_grown=
    for trails_file in /proc/[0-9]*/stat; do
      read -r trails_line 2>/dev/null <"$trails_file" || continue
      trails_parent "${trails_line%% *}" ${trails_line##*) }
    done
  done
}

trails_end() {
  trails_descend "$1"
  kill -s TERM $trails_found 2>/dev/null
  kill -s HUP $trails_found 2>/dev/null
  trails_round=0
  while [ "$trails_round" -lt 20 ] && kill -0 "$1" 2>/dev/null; do
    sleep 0.05 2>/dev/null || { sleep 1; trails_round=20; }
    trails_round=$((trails_round + 1))
  done
  for trails_pid in $trails_found; do
    kill -s KILL "$trails_pid" 2>/dev/null
  done
}

# What the host says, until it says nothing any more. Then everything ends, and this shell's own parent last.
trails_obey() {
  trails_running=
  while read -r trails_word trails_first trails_second; do
    case $trails_word in
    program) trails_running=$trails_first ;;
    signal) kill -s "$trails_first" "$trails_second" 2>/dev/null ;;
    usage) trails_usage "$trails_first" ;;
    end) break ;;
    esac
  done
  [ -z "$trails_running" ] || (trails_own; trails_end "$trails_running")
  trails_descend $$
  trails_self=$(exec /bin/sh -c 'echo $PPID')
  for trails_pid in $trails_found; do
    case $trails_pid in
    $$ | "$trails_self") ;;
    *) kill -s KILL "$trails_pid" 2>/dev/null ;;
    esac
  done
  kill -s KILL $$
}

# Shells say so when what they wait for is killed.
exec </dev/null 2>/dev/null
{
  trails_receive control </dev/null | trails_obey &
  trails_main "$@"
} | trails_send events >/dev/null

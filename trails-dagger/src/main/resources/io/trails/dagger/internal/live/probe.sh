# Prints the first connector that reaches the host and closes half a connection, and the tool it takes.
#   sh probe.sh unix|tcp SCRIPTS SOCKET | HOST PORT
# The variable TRAILS_CONNECTORS, if a recipe sets it, says which of them are tried.
trails_token=$TRAILS_TOKEN
unset TRAILS_TOKEN LD_PRELOAD LD_LIBRARY_PATH PERL5OPT PERL5LIB PERL5DB PERLIO PYTHONPATH PYTHONHOME BASH_ENV ENV
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
trails_found() {
  printf '%s\n%s\n' "$1" "$2"
  exit 0
}
trails_script() {
  trails_tool=$(command -v "$2") || return 0
  shift 2
  trails_answer=$(TRAILS_HELLO="$trails_token test" "$trails_tool" "$@" test 2>/dev/null </dev/null)
  [ "$trails_answer" != ok ] || trails_found "$trails_name" "$trails_tool"
}
trails_netcat() {
  trails_tool=$(command -v "$2") || return 0
  shift 2
  trails_answer=$(printf '%s\n' "$trails_token test -" | "$trails_tool" "$@" 2>/dev/null)
  [ "$trails_answer" != ok ] || trails_found "$trails_name" "$trails_tool"
}
trails_bash() {
  trails_tool=$(command -v bash) || return 0
  shift
  trails_answer=$(TRAILS_HELLO="$trails_token ping -" "$trails_tool" -c '
    exec 7<>"/dev/tcp/$1/$2" || exit 1
    printf "%s\n" "$TRAILS_HELLO" >&7
    IFS= read -r answer <&7 && printf "%s\n" "$answer"' trails "$@" 2>/dev/null)
  [ "$trails_answer" != ok ] || trails_found bash "$trails_tool"
}
trails_try() {
  trails_name=$2
  case " ${TRAILS_CONNECTORS:-$trails_name} " in
  *" $trails_name "*) "$@" ;;
  esac
}
trails_scripts=$2
if [ "$1" = unix ]; then
  trails_try trails_script perl perl "$trails_scripts/connect.pl" "$3"
  trails_try trails_script python python3 -IS "$trails_scripts/connect.py" "$3"
  trails_try trails_netcat socat socat -t 31536000 - "UNIX-CONNECT:$3"
  trails_try trails_netcat nc-N nc -N -U "$3"
  trails_try trails_netcat nc nc -U "$3"
  trails_try trails_netcat ncat ncat -U "$3"
else
  trails_try trails_bash bash "$3" "$4"
  trails_try trails_netcat nc-N nc -N "$3" "$4"
  trails_try trails_netcat nc nc "$3" "$4"
  trails_try trails_netcat busybox busybox nc "$3" "$4"
fi
printf 'none\n'

# Makes one directory like another, and touches nothing that is alike already. Prints the time at its start in seconds,
# then "changed" if there was anything to do.
#   sh settle.sh FROM TO SINCE LISTS [guard]
# Files with the same size and time are alike, unless they changed after SINCE: then their bytes decide.
# Guarded, an empty FROM is not believed: prints "empty" and does nothing.
trails_from=$1 trails_to=$2 trails_since=$3 trails_lists=$4 trails_guard=${5-}
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
date +%s

# Type, mode, size, time, owner and path; what a directory itself occupies says nothing.
trails_list() {
  (cd "$1" && find . -mindepth 1 \( -type d -printf '%y %m 0 0 %U:%G %P\0' \) \
    -o -printf '%y %m %s %T@ %U:%G %P\0') | sort -z >"$2"
}
trails_paths() { sed -z 's/^[^ ]* [^ ]* [^ ]* [^ ]* [^ ]* //'; }

trails_fast() {
  cd "$trails_lists" || return 1
  trails_list "$trails_from" from && trails_list "$trails_to" to || return 1
  # What is not there any more, or is of another type.
  sed -z 's/^\(.\) [^ ]* [^ ]* [^ ]* [^ ]* /\1 /' from | sort -z >from-types
  sed -z 's/^\(.\) [^ ]* [^ ]* [^ ]* [^ ]* /\1 /' to | sort -z >to-types
  comm -z -13 from-types to-types | sed -z 's/^. //' >gone
  comm -z -23 from to >differing
  grep -z '^d ' differing | trails_paths | sort -z >directories
  grep -z -v '^d ' differing | trails_paths | sort -z >files
  (cd "$trails_from" && find . -mindepth 1 ! -type d -newerct "@$trails_since" -printf '%P\0') | sort -z >recent
  comm -z -23 recent files >doubtful
  xargs -0 -r sh -c '
    from=$1 to=$2
    shift 2
    for path; do
      if [ -h "$from/$path" ]; then
        [ "$(readlink "$from/$path"; echo .)" = "$(readlink "$to/$path"; echo .)" ]
      elif [ -f "$from/$path" ]; then
        cmp -s "$from/$path" "$to/$path"
      else
        :
      fi || printf "%s\0" "$path"
    done' trails "$trails_from" "$trails_to" <doubtful >>files
  [ -s gone ] || [ -s directories ] || [ -s files ] || return 0
  echo changed
  cd "$trails_to" && xargs -0 -r rm -rf -- <"$trails_lists/gone" || return 1
  cd "$trails_from" && xargs -0 -r sh -c '
    to=$1
    shift
    for path; do
      mkdir -p -- "$to/$path" && chown --reference="$path" -- "$to/$path" && chmod --reference="$path" -- "$to/$path" || exit 1
    done' trails "$trails_to" <"$trails_lists/directories" || return 1
  xargs -0 -r cp -a --parents --remove-destination -t "$trails_to" -- <"$trails_lists/files" || trails_vanished
}

# A program may remove a file between its being listed and its being copied. The next time tells.
trails_vanished() {
  while [ -s "$trails_lists/files" ]; do
    xargs -0 sh -c '
      for path; do
        if [ -h "$path" ] || [ -e "$path" ]; then printf "%s\0" "$path"; fi
      done' trails <"$trails_lists/files" >"$trails_lists/left"
    [ "$(wc -c <"$trails_lists/left")" != "$(wc -c <"$trails_lists/files")" ] || return 1
    mv "$trails_lists/left" "$trails_lists/files"
    xargs -0 -r cp -a --parents --remove-destination -t "$trails_to" -- <"$trails_lists/files" && return 0
  done
}

# The same with what every system has, and a look at the bytes of every file.
trails_slow() {
  cd "$trails_to" && find . -depth ! -name . -exec sh -c '
    from=$1
    shift
    for path; do
      if [ -h "$path" ]; then [ -h "$from/$path" ]
      elif [ -d "$path" ]; then [ -d "$from/$path" ] && [ ! -h "$from/$path" ]
      elif [ -f "$path" ]; then [ -f "$from/$path" ] && [ ! -h "$from/$path" ]
      else [ -e "$from/$path" ] && [ ! -h "$from/$path" ] && [ ! -d "$from/$path" ] && [ ! -f "$from/$path" ]
      fi || { echo changed; rm -rf "$path"; }
    done' trails "$trails_from" {} +
  cd "$trails_from" && find . ! -name . -exec sh -c '
    to=$1
    shift
    same() { [ "$(stat -c "%a:%u:%g" "$1")" = "$(stat -c "%a:%u:%g" "$2")" ]; }
    for path; do
      if [ -h "$path" ]; then
        [ -h "$to/$path" ] && [ "$(readlink "$path"; echo .)" = "$(readlink "$to/$path"; echo .)" ] && continue
        rm -rf "$to/$path"
      elif [ -d "$path" ]; then
        [ -d "$to/$path" ] && same "$path" "$to/$path" && continue
        echo changed
        mkdir -p "$to/$path" && chown "$(stat -c %u:%g "$path")" "$to/$path" && chmod "$(stat -c %a "$path")" "$to/$path" || exit 1
        continue
      elif [ -f "$path" ]; then
        [ -f "$to/$path" ] && same "$path" "$to/$path" && cmp -s "$path" "$to/$path" && continue
        rm -rf "$to/$path"
      elif [ -e "$path" ]; then
        [ -e "$to/$path" ] && continue
      else
        continue
      fi
      echo changed
      cp -a "$path" "$to/$path" || { [ ! -e "$path" ] && [ ! -h "$path" ]; } || exit 1
    done' trails "$trails_to" {} +
}

trails_gnu() {
  cd "$trails_lists" && mkdir copied && : >probe || return 1
  find . -maxdepth 0 -newerct @0 -printf '' && comm -z probe probe && sed -z p probe && sort -z probe || return 1
  grep -z x probe
  [ $? = 1 ] && xargs -0 -r false <probe && cp -a --parents --remove-destination -t copied -- probe
}

if [ "$trails_guard" = guard ] && [ -z "$(ls -A "$trails_from")" ] && [ -n "$(ls -A "$trails_to")" ]; then
  echo empty
elif (trails_gnu) >/dev/null 2>&1; then
  trails_fast
else
  trails_slow
fi

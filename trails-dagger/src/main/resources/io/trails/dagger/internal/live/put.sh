# Changes a volume: takes paths away, then copies a directory over it.
#   sh put.sh VOLUME STAGED|- [PATH...]
set -e
trails_volume=$1 trails_staged=$2
shift 2
for trails_path; do rm -rf "$trails_volume/$trails_path"; done
[ "$trails_staged" = - ] || cp -a "$trails_staged/." "$trails_volume/"

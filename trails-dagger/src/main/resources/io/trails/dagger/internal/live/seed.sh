# Fills a volume with a directory. Prints the time at its start in seconds.
#   sh seed.sh FROM TO
set -e
date +%s
find "$2" ! -path "$2" -prune -exec rm -rf {} +
cp -a "$1/." "$2/"

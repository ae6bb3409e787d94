#!/bin/sh
# record <directory> <max bytes> <timed 0|1> [perl|python3|dd]
#
# Appends standard input to segment files in the directory until it ends, and keeps about as many of the newest bytes as
# told. Never stops reading: what cannot be written is dropped, and the next segment's name tells where it goes on.
#
#   output.<offset>   the bytes from that offset on
#   timing.<offset>   timed: a line "<epoch microseconds> <end offset>" for every read, after its bytes
#   output.end        the size of it all, once the input has ended
#   output.dropped    how many bytes could not be written; dd does not tell of the last it had read when it failed
#   output.writer     the process that writes
umask 077
trap '' HUP INT QUIT TERM PIPE
(trap '' XFSZ) 2>/dev/null && trap '' XFSZ
PATH=/usr/bin:/bin:/usr/local/bin:/run/current-system/sw/bin${PATH:+:$PATH}
LC_ALL=C
export PATH LC_ALL
unset PERL5OPT PERL5LIB PERLLIB PERL_UNICODE CDPATH ENV

drain() {
    exec cat >/dev/null
}

cd -- "$1" 2>/dev/null || drain
max=$2
timed=$3
with=$4
segment=$((max / 8))
[ "$segment" -ge 65536 ] || segment=65536
[ "$segment" -le 8388608 ] || segment=8388608

# The one before reads what its pipe still has, and must have written it: two would write over each other.
tries=0
while [ "$tries" -lt 300 ] && read -r before <output.writer && [ -n "$before" ] && kill -0 "$before"; do
    sleep 0.01 || sleep 1 || break
    tries=$((tries + 1))
done 2>/dev/null
set -- output.????????????*
[ -e "$1" ] || : >>output.000000000000
echo "$$" >output.writer
[ ! -e output.end ] || rm -f output.end

if [ -z "$with" ]; then
    with=dd
    # Untimed, the shell and dd cost less than python3.
    [ "$timed" = 0 ] || { command -v python3 && with=python3; }
    command -v perl && with=perl
fi >/dev/null 2>&1

case $with in
perl)
    exec perl -e '
use strict;
my ($max, $segment, $timed) = @ARGV;
$SIG{$_} = "IGNORE" for qw(HUP INT QUIT TERM PIPE XFSZ);
my $now = sub { return time . "000000" };
if ($timed && eval { require Time::HiRes; 1 }) {
    $now = sub { return sprintf "%d%06d", Time::HiRes::gettimeofday() };
}
my (@kept, $data, $times, $torn);
my ($total, $used, $lines, $dropped, $unsaid, $fresh) = (0, 0, 0, 0, 0, 1);

sub place { return sprintf "%s.%012d", $_[0], $_[1] }
sub save {
    my ($name, $text) = @_;
    open(my $file, ">", $name) or return 0;
    my $count = syswrite $file, $text;
    close $file;
    return defined $count && $count == length $text;
}

opendir my $here, "." or die;
for my $start (sort { $a <=> $b } map { /^output\.(\d{12,18})$/ ? $1 + 0 : () } readdir $here) {
    my ($bytes, $index) = (-s place("output", $start) || 0, -s place("timing", $start) || 0);
    ($total, $used, $lines) = ($start + $bytes, $bytes, $index);
    push @kept, [$start, $bytes > $index ? $bytes : $index];
    $fresh = $kept[-1][1] >= $segment;
}
closedir $here;
if (open(my $file, "<", "output.dropped")) { my $text = <$file>; $dropped = $1 if defined $text && $text =~ /^(\d{1,18})/ }

sub whole {
    open(my $file, "<", $_[0]) or return 0;
    seek $file, -1, 2;
    read $file, my $last, 1;
    return $last eq "\n";
}

sub finish { ($data, $times, $fresh) = (undef, undef, 1) }
sub begin {
    if ($fresh) {
        ($used, $lines, $fresh) = (0, 0, 0);
        push @kept, [$total, 0];
    }
    my $sum = $segment;
    $sum += $_->[1] for @kept[0 .. $#kept - 1];
    while (@kept > 1 && $sum > $max && $sum > 2 * $segment) {
        my $old = shift @kept;
        unlink place("output", $old->[0]), place("timing", $old->[0]);
        $sum -= $old->[1];
    }
    open($data, ">>", place("output", $kept[-1][0])) or return finish();
    return if !$timed;
    $torn = $lines && !whole(place("timing", $kept[-1][0]));
    open($times, ">>", place("timing", $kept[-1][0])) or undef $times;
}
sub put {
    my ($file, $bytes) = @_;
    my $done = 0;
    while ($done < length $bytes) {
        my $count = syswrite $file, $bytes, length($bytes) - $done, $done;
        if (!defined $count) { next if $!{EINTR}; last }
        $done += $count;
    }
    return $done;
}

while (1) {
    finish() if $used >= $segment || $lines >= $segment;
    my $room = $used < $segment ? $segment - $used : $segment;
    my $count = sysread STDIN, my $bytes, $room < 65536 ? $room : 65536;
    if (!defined $count) { next if $!{EINTR}; last }
    last if !$count;
    my $at = $timed ? &$now() : 0;
    begin() if !$data;
    my $done = $data ? put($data, $bytes) : 0;
    $total += $done;
    $used += $done;
    if ($done && $times) {
        my $line = ($torn ? "\n" : "") . "$at $total\n";
        my $written = put($times, $line);
        $torn = $written < length $line;
        $lines += $written;
    }
    $kept[-1][1] = $used > $lines ? $used : $lines if @kept;
    if ($done < $count) {
        my $empty = !$used ? pop @kept : 0;
        unlink place("output", $empty->[0]), place("timing", $empty->[0]) if $empty;
        $total += $count - $done;
        $dropped += $count - $done;
        $unsaid = 1;
        finish();
    }
    $unsaid = !save("output.dropped", "$dropped\n") if $unsaid;
}
save("output.dropped", "$dropped\n") if $unsaid;
save("output.end.new", "$total\n");
rename "output.end.new", "output.end";
unlink "output.writer";
' "$max" "$segment" "$timed"
    ;;
python3)
    exec python3 -I -S -c '
import os, re, signal, sys, time
limit, segment, timed = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "1"
for name in ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGPIPE", "SIGXFSZ"):
    if hasattr(signal, name):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
kept, total, used, lines, dropped, unsaid, fresh, torn = [], 0, 0, 0, 0, False, True, False
data = times = -1
APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT

def place(kind, start):
    return "%s.%012d" % (kind, start)

def size(name):
    try:
        return os.stat(name).st_size
    except OSError:
        return 0

def remove(start):
    for kind in ("output", "timing"):
        try:
            os.unlink(place(kind, start))
        except OSError:
            pass

def save(name, text):
    try:
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError:
        return False
    done = put(file, text)
    os.close(file)
    return done == len(text)

def put(file, content):
    done = 0
    while done < len(content):
        try:
            done += os.write(file, content[done:] if done else content)
        except OSError:
            break
    return done

def whole(name):
    try:
        with open(name, "rb") as file:
            file.seek(-1, 2)
            return file.read(1) == b"\n"
    except OSError:
        return False

def finish():
    global data, times, fresh
    for file in (data, times):
        if file >= 0:
            os.close(file)
    data = times = -1
    fresh = True

def begin():
    global data, times, fresh, used, lines, torn
    if fresh:
        used = lines = 0
        fresh = False
        kept.append([total, 0])
    held = segment + sum(old[1] for old in kept[:-1])
    while len(kept) > 1 and held > limit and held > 2 * segment:
        old = kept.pop(0)
        remove(old[0])
        held -= old[1]
    try:
        data = os.open(place("output", kept[-1][0]), APPEND, 0o600)
    except OSError:
        finish()
        return
    if timed:
        torn = lines > 0 and not whole(place("timing", kept[-1][0]))
        try:
            times = os.open(place("timing", kept[-1][0]), APPEND, 0o600)
        except OSError:
            times = -1

starts = [int(name[7:]) for name in os.listdir(".") if re.match("output[.][0-9]{12,18}$", name)]
for start in sorted(starts):
    used, lines = size(place("output", start)), size(place("timing", start))
    total = start + used
    kept.append([start, max(used, lines)])
    fresh = max(used, lines) >= segment
try:
    with open("output.dropped", "rb") as file:
        dropped = int(file.read(18))
except (OSError, ValueError):
    pass

while True:
    if used >= segment or lines >= segment:
        finish()
    room = segment - used if used < segment else segment
    try:
        content = os.read(0, min(room, 65536))
    except OSError:
        break
    if not content:
        break
    at = time.time_ns() // 1000 if timed else 0
    if data < 0:
        begin()
    done = put(data, content) if data >= 0 else 0
    total += done
    used += done
    if done and times >= 0:
        line = b"%s%d %d\n" % (b"\n" if torn else b"", at, total)
        written = put(times, line)
        torn = written < len(line)
        lines += written
    if kept:
        kept[-1][1] = max(used, lines)
    if done < len(content):
        if not used:
            remove(kept.pop()[0])
        total += len(content) - done
        dropped += len(content) - done
        unsaid = True
        finish()
    if unsaid:
        unsaid = not save("output.dropped", b"%d\n" % dropped)
if unsaid:
    save("output.dropped", b"%d\n" % dropped)
save("output.end.new", b"%d\n" % total)
try:
    os.rename("output.end.new", "output.end")
    os.unlink("output.writer")
except OSError:
    pass
' "$max" "$segment" "$timed"
    ;;
esac

# Without either: dd, which takes what there is and buffers nothing, as head does. It counts reads and not bytes, so a
# segment may be larger by what one dd takes.
number() {
    rest=$1
    while :; do
        case $rest in
        0?*) rest=${rest#0} ;;
        *) break ;;
        esac
    done
    echo "$rest"
}
larger() {
    name=$1
    used=0
    weight=0
    # The one way to learn a size that every system has, and that does not read the file.
    set -- $(ls -ln "output.$name" "timing.$name")
    [ "$9" != "output.$name" ] || used=$5
    [ "$9" != "timing.$name" ] || weight=$5
    [ -z "${14}" ] || weight=${14}
    [ "$used" -le "$weight" ] || weight=$used
}
forget() {
    rm -f "output.$1" "timing.$1"
}
prune() {
    held=$segment
    newest=$name
    set --
    for file in output.????????????*; do
        [ -f "$file" ] && [ "$file" != "output.$newest" ] || continue
        larger "${file#output.}"
        held=$((held + weight))
        set -- "$@" "${file#output.}" "$weight"
    done
    while [ "$#" -gt 0 ] && [ "$held" -gt "$max" ] && [ "$held" -gt $((2 * segment)) ]; do
        forget "$1"
        held=$((held - $2))
        shift 2
    done
    name=$newest
    used=0
}
now() {
    at=$(date +%s%N)
    case $at in
    *[!0-9]*) at=$(date +%s)000000 ;;
    ???????????????????) at=${at%???} ;;
    *) at=$(date +%s)000000 ;;
    esac
}

name=
total=0
for file in output.????????????*; do
    [ -f "$file" ] || continue
    name=${file#output.}
done
torn=1
weight=$segment
if [ -n "$name" ]; then
    larger "$name"
    total=$(($(number "$name") + used))
fi 2>/dev/null
dropped=0
[ ! -f output.dropped ] || read -r dropped <output.dropped
reads=64
[ "$timed" = 0 ] || reads=1
block=$((segment / 4 / reads))
[ "$block" -le 32768 ] || block=32768

while :; do
    if [ "$weight" -ge "$segment" ]; then
        name=$(printf %012d "$total")
        prune
        torn=0
    fi
    before=$used
    dd bs="$block" count="$reads" >>"output.$name"
    failed=$?
    [ "$timed" = 0 ] || now
    larger "$name"
    total=$((total + used - before))
    if [ "$timed" = 1 ] && [ "$used" -gt "$before" ]; then
        [ "$torn" = 0 ] || [ -z "$(tail -c 1 "timing.$name")" ] || echo >>"timing.$name"
        torn=0
        echo "$at $total" >>"timing.$name"
    fi
    if [ "$failed" != 0 ]; then
        # What dd had read and not written is lost uncounted: no more than a block.
        lost=$(dd bs=65536 count=1 | wc -c)
        [ "$used" -gt 0 ] || forget "$name"
        torn=1
        lost=$((lost + 0))
        [ "$lost" -gt 0 ] || break
        total=$((total + lost))
        dropped=$((dropped + lost))
        echo "$dropped" >output.dropped
        weight=$segment
    elif [ "$used" = "$before" ]; then
        break
    fi
done 2>/dev/null
# In this order: the next one waits for the writer and then takes the end back.
echo "$total" >output.end.new && mv -f output.end.new output.end
rm -f output.writer

#!/bin/sh
# record <directory> <max bytes> <timed 0|1> [perl|python3|dd]
#
# Appends standard input to segment files in the directory until it ends, and keeps about as many of the newest bytes as
# told. Never stops reading: what cannot be written is dropped, and the next segment's name tells where it goes on.
#
#   output.<offset>   the bytes from that offset on
#   timing.<offset>   timed: a line "<epoch microseconds> <end offset>" for every read, after its bytes
#   output.end        the size of it all, once the input has ended
#   output.dropped    how many bytes could not be written
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

cd -- "$1" || drain
max=$2
timed=$3
segment=$((max / 8))
[ "$segment" -ge 65536 ] || segment=65536
[ "$segment" -le 8388608 ] || segment=8388608

# The one before reads what its pipe still has, and must have written it: two would write over each other.
tries=0
while [ "$tries" -lt 300 ] && read -r before <output.writer && [ -n "$before" ] && kill -0 "$before"; do
    sleep 0.01 || sleep 1 || break
    tries=$((tries + 1))
done 2>/dev/null
echo "$$" >output.writer
rm -f output.end

with=$4
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
    $torn = $lines > 0;
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
unlink "output.writer";
save("output.end.new", "$total\n");
rename "output.end.new", "output.end";
' "$max" "$segment" "$timed"
    ;;
esac

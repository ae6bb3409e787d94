# Standard input to the host, or what the host sends to standard output. The first line on the connection says who calls.
use strict;
use warnings;
use Socket;
my ($path, $mode) = @ARGV;
my $hello = delete $ENV{TRAILS_HELLO};
$SIG{INT} = $SIG{QUIT} = $SIG{HUP} = 'IGNORE';
# USR1: the program has ended. What is in the pipe by now is its last output, whoever else holds the pipe.
my $draining = 0;
pipe(my $woken, my $wake) or exit 1;
$SIG{USR1} = sub { $draining = 1; syswrite($wake, '.') };
$SIG{PIPE} = sub { exit 0 };
socket(my $host, PF_UNIX, SOCK_STREAM, 0) or exit 1;
connect($host, pack_sockaddr_un($path)) or exit 1;

sub put {
    my ($to, $bytes) = @_;
    my $at = 0;
    while ($at < length $bytes) {
        my $count = syswrite($to, $bytes, length($bytes) - $at, $at);
        if (defined $count) { $at += $count }
        elsif (!$!{EINTR}) { exit 0 }
    }
}

sub pump {
    my ($from, $to) = @_;
    while (1) {
        my $count = sysread($from, my $bytes, 65536);
        if (defined $count) {
            last if $count == 0;
            put($to, $bytes);
        } elsif (!$!{EINTR}) { last }
    }
}

put($host, "$hello $$\n");
if ($mode eq 'send') {
    while (1) {
        my $ready = '';
        vec($ready, fileno(STDIN), 1) = 1;
        vec($ready, fileno($woken), 1) = 1 unless $draining;
        # The host never sends here, so what there is to read is its end.
        vec($ready, fileno($host), 1) = 1;
        my $count = select($ready, undef, undef, $draining ? 0 : undef);
        next if $count < 0;
        exit 0 if vec($ready, fileno($host), 1);
        if (vec($ready, fileno(STDIN), 1)) {
            my $read = sysread(STDIN, my $bytes, 65536);
            next if !defined $read && $!{EINTR};
            last unless $read;
            put($host, $bytes);
        } elsif ($draining) { last }
    }
} else {
    # An engine hands on the end of what the host sends only once this side has ended, too.
    shutdown($host, 1);
    pump($host, \*STDOUT);
}

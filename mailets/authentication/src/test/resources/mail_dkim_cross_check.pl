# Judges mails with Mail::DKIM, for comparison.
#
#   mail_dkim_cross_check.pl probe         exit code 0 where Mail::DKIM is installed
#   mail_dkim_cross_check.pl verify DIR    prints "NAME RESULT" for each DIR/*.eml; keys in DIR/dns.txt
#   mail_dkim_cross_check.pl arc DIR       the same for their ARC chains
use strict;
use warnings;
use Mail::DKIM::Verifier;
use Mail::DKIM::ARC::Verifier;
use Mail::DKIM::DNS;
use Net::DNS;

exit 0 if $ARGV[0] eq 'probe';
my $class = $ARGV[0] eq 'arc' ? 'Mail::DKIM::ARC::Verifier' : 'Mail::DKIM::Verifier';
my $dir = $ARGV[1];
my %records;
open my $zone, '<', "$dir/dns.txt" or die $!;
while (<$zone>) {
    chomp;
    my ($name, $text) = split / /, $_, 2;
    $records{lc $name} = $text;
}
{
    no warnings 'redefine';
    *Mail::DKIM::DNS::query = sub {
        my $text = $records{lc $_[0]};
        return unless defined $text;
        my @parts = $text =~ /.{1,200}/g;
        return Net::DNS::RR->new(owner => $_[0], type => 'TXT', txtdata => \@parts);
    };
}
for my $path (sort glob "$dir/*.eml") {
    open my $in, '<:raw', $path or die $!;
    my $mail = do { local $/; <$in> };
    my $verifier = $class->new;
    my $result = eval { $verifier->PRINT($mail); $verifier->CLOSE; $verifier->result } // 'died';
    my ($name) = $path =~ m{([^/]+)$};
    my $detail = eval { $verifier->result_detail } // $@;
    print "$name $result $detail\n";
}

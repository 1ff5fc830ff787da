# Checks SPF policies with Mail::SPF, for comparison.
#
#   mail_spf_cross_check.pl probe       exit code 0 where Mail::SPF is installed
#   mail_spf_cross_check.pl check DIR   prints a result for each line "CLIENT SENDER HELO" of
#                                       DIR/cases.txt; the names of DIR/zone.txt, "TYPE NAME VALUE"
#                                       each, are all there are
use strict;
use warnings;
use Mail::SPF;
use Net::DNS;

package Zone;
sub new { my ($class, $records) = @_; return bless { records => $records }, $class }
sub errorstring { return '' }
sub send {
    my ($self, $name, $type) = @_;
    my $bare = lc $name;
    $bare =~ s/\.$//;
    my $packet = Net::DNS::Packet->new('query.example', $type);
    my $found = $self->{records}{"$type $bare"};
    $packet->header->rcode('NXDOMAIN') unless $found;
    for my $value (@{ $found || [] }) {
        my %data =
            $type eq 'TXT' ? (txtdata => [ $value =~ /.{1,250}/g ])
          : $type eq 'MX' ? (preference => 10, exchange => $value)
          : $type eq 'PTR' ? (ptrdname => $value)
          :                  (address => $value);
        $packet->push(answer => Net::DNS::RR->new(owner => 'o.example', type => $type, %data));
    }
    return $packet;
}

package main;

exit 0 if $ARGV[0] eq 'probe';
my $dir = $ARGV[1];
my %records;
open my $zone, '<', "$dir/zone.txt" or die $!;
while (<$zone>) {
    chomp;
    my ($type, $name, $value) = split / /, $_, 3;
    push @{ $records{"$type $name"} }, $value;
}
my $server = Mail::SPF::Server->new(dns_resolver => Zone->new(\%records), hostname => 'mx.example');
open my $cases, '<', "$dir/cases.txt" or die $!;
while (<$cases>) {
    chomp;
    my ($client, $sender, $helo) = split / /;
    my $result = eval {
        $server->process(
            Mail::SPF::Request->new(
                versions => [1], scope => 'mfrom', identity => $sender,
                ip_address => $client, helo_identity => $helo));
    };
    print $result ? $result->code : 'died', "\n";
}

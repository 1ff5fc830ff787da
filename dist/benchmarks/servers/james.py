"""Apache James, resolved by Maven, with all it keeps in memory."""

import pathlib
import subprocess

from harness import machine

from . import process

POM = machine.BENCHMARKS / "rivals" / "james" / "pom.xml"
CLASS_PATH = machine.DIST / "target" / "benchmarks" / "james.class-path"
NOTE = (
    "Apache James 3.8.1 keeps accounts, queue and mail in memory only, so it starts with nothing"
    " stored. Its durable forms need other servers beside it, or are in no package registry."
)
MAIN = "org.apache.james.MemoryJamesServerMain"

SERVER = """\
<{protocol}servers>
  <{protocol}server enabled="true">
    <jmxName>{protocol}server</jmxName>
    <bind>127.0.0.1:{port}</bind>
    <connectionBacklog>200</connectionBacklog>
    <tls socketTLS="false" startTLS="false"/>
    <connectiontimeout>1800</connectiontimeout>
    <connectionLimit>0</connectionLimit>
    <connectionLimitPerIP>0</connectionLimitPerIP>
    {more}
  </{protocol}server>
</{protocol}servers>
"""
SMTP = """\
<auth><announce>never</announce></auth>
    <authorizedAddresses>127.0.0.0/8</authorizedAddresses>
    <verifyIdentity>false</verifyIdentity>
    <maxmessagesize>0</maxmessagesize>
    <addressBracketsEnforcement>true</addressBracketsEnforcement>
    <handlerchain>
      <handler class="org.apache.james.smtpserver.fastfail.ValidRcptHandler"/>
      <handler class="org.apache.james.smtpserver.CoreCmdHandlerLoader"/>
    </handlerchain>"""
POP3 = """\
<handlerchain>
      <handler class="org.apache.james.pop3server.core.CoreCmdHandlerLoader"/>
    </handlerchain>"""
OFF = '<{0}s><{0} enabled="false"/></{0}s>\n'

FILES = {
    "imapserver.xml": OFF.format("imapserver"),
    "lmtpserver.xml": OFF.format("lmtpserver"),
    "managesieveserver.xml": OFF.format("managesieveserver"),
    "jmap.properties": "enabled=false\n",
    "webadmin.properties": "enabled=false\n",
    "jmx.properties": "jmx.enabled=false\n",
    "extensions.properties": "",
    "listeners.xml": "<listeners/>\n",
    "dnsservice.xml": "<dnsservice><servers><server>127.0.0.1</server></servers></dnsservice>\n",
    "domainlist.xml": """\
<domainlist>
  <autodetect>false</autodetect>
  <autodetectIP>false</autodetectIP>
  <defaultDomain>example.test</defaultDomain>
  <domainnames><domainname>example.test</domainname></domainnames>
</domainlist>
""",
    "usersrepository.xml": """\
<usersrepository name="LocalUsers">
  <enableVirtualHosting>true</enableVirtualHosting>
</usersrepository>
""",
    "recipientrewritetable.xml": """\
<recipientrewritetable recursiveMapping="true" mappingLimit="10"/>
""",
    "mailrepositorystore.xml": """\
<mailrepositorystore>
  <defaultProtocol>memory</defaultProtocol>
  <mailrepositories>
    <mailrepository class="org.apache.james.mailrepository.memory.MemoryMailRepository">
      <protocols><protocol>memory</protocol></protocols>
      <config FIFO="false"/>
    </mailrepository>
  </mailrepositories>
</mailrepositorystore>
""",
    "mailetcontainer.xml": """\
<mailetcontainer enableJmx="false">
  <context><postmaster>postmaster@example.test</postmaster></context>
  <spooler><threads>20</threads><errorRepository>memory://var/mail/error/</errorRepository></spooler>
  <processors>
    <processor state="root">
      <mailet match="All" class="PostmasterAlias"/>
      <mailet match="RelayLimit=30" class="Null"/>
      <mailet match="All" class="ToProcessor"><processor>transport</processor></mailet>
    </processor>
    <processor state="error"><mailet match="All" class="ToRepository">
      <repositoryPath>memory://var/mail/error/</repositoryPath></mailet></processor>
    <processor state="transport">
      <mailet match="All" class="RemoveMimeHeader"><name>bcc</name></mailet>
      <mailet match="All" class="RecipientRewriteTable"/>
      <mailet match="RecipientIsLocal" class="LocalDelivery"/>
      <mailet match="All" class="ToProcessor"><processor>error</processor></mailet>
    </processor>
  </processors>
</mailetcontainer>
""",
    "logback.xml": """\
<configuration>
  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
    <file>{folder}/log</file><encoder><pattern>%d %level %logger %msg%n</pattern></encoder>
  </appender>
  <root level="WARN"><appender-ref ref="FILE"/></root>
</configuration>
""",
}


class James:
    """Started with the JDK of Postrider and no options for the heap, as its own guide does."""

    name = "Apache James in memory"

    def __init__(self, folder):
        self.folder = folder
        self.port, self.pop3 = process.free_port(), process.free_port()

    @staticmethod
    def missing():
        """None, or what is missing; resolves James and what it needs once, by Maven."""
        if CLASS_PATH.exists():
            return None
        CLASS_PATH.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["mvn", "-B", "-q", "-f", POM, "dependency:build-classpath"]
            + [f"-Dmdep.outputFile={CLASS_PATH}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return None if done.returncode == 0 else "its packages, which Maven could not resolve"

    def start(self):
        conf = pathlib.Path(self.folder, "conf")
        conf.mkdir(parents=True, exist_ok=True)
        for name, text in FILES.items():
            (conf / name).write_text(text.replace("{folder}", self.folder))
        for protocol, port, more in (("smtp", self.port, SMTP), ("pop3", self.pop3, POP3)):
            text = SERVER.format(protocol=protocol, port=port, more=more)
            (conf / f"{protocol}server.xml").write_text(text)
        self.serve()

    def serve(self):
        """Starts the process, with nothing stored, and waits until it greets."""
        self.out = open(f"{self.folder}/out", "w")
        self.child = subprocess.Popen(
            [machine.jdk() + "/bin/java", f"-Dworking.directory={self.folder}"]
            + [f"-Dlogback.configurationFile={self.folder}/conf/logback.xml"]
            + ["-Djames.exit.on.startup.error=true"]
            + ["-cp", CLASS_PATH.read_text().strip(), MAIN],
            stdout=self.out,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
        )
        for port in (self.port, self.pop3):
            process.await_greeting("127.0.0.1", port)

    def pids(self):
        return [self.child.pid]

    def stop(self):
        self.child.terminate()
        try:
            self.child.wait(30)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.out.close()

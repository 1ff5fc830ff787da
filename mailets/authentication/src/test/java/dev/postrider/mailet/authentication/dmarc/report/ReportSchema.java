package dev.postrider.mailet.authentication.dmarc.report;

import java.io.IOException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** What RFC 9990 §3.1.1 and Appendix A demand of a report, in a schema of our own. */
final class ReportSchema {

  private static final String WORDS =
      """
      <s:simpleType name="%s"><s:restriction base="s:token"><s:pattern value="%s"/>\
      </s:restriction></s:simpleType>
      """;

  private static final String TEXT =
      """
      <s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns="urn:ietf:params:xml:ns:dmarc-2.0"
          targetNamespace="urn:ietf:params:xml:ns:dmarc-2.0" elementFormDefault="qualified">
        %s
        <s:element name="feedback"><s:complexType><s:sequence>
          <s:element name="version" type="one" minOccurs="0"/>
          <s:element name="report_metadata"><s:complexType><s:all>
            <s:element name="org_name" type="text"/>
            <s:element name="email" type="text"/>
            <s:element name="extra_contact_info" type="text" minOccurs="0"/>
            <s:element name="report_id" type="text"/>
            <s:element name="date_range"><s:complexType><s:all>
              <s:element name="begin" type="s:positiveInteger"/>
              <s:element name="end" type="s:positiveInteger"/>
            </s:all></s:complexType></s:element>
            <s:element name="error" type="text" minOccurs="0"/>
            <s:element name="generator" type="text" minOccurs="0"/>
          </s:all></s:complexType></s:element>
          <s:element name="policy_published"><s:complexType><s:all>
            <s:element name="domain" type="text"/>
            <s:element name="discovery_method" type="method" minOccurs="0"/>
            <s:element name="p" type="policy"/>
            <s:element name="sp" type="policy" minOccurs="0"/>
            <s:element name="np" type="policy" minOccurs="0"/>
            <s:element name="fo" type="options" minOccurs="0"/>
            <s:element name="adkim" type="mode" minOccurs="0"/>
            <s:element name="aspf" type="mode" minOccurs="0"/>
            <s:element name="testing" type="yes-or-no" minOccurs="0"/>
          </s:all></s:complexType></s:element>
          <s:element name="record" maxOccurs="unbounded"><s:complexType><s:sequence>
            <s:element name="row"><s:complexType><s:all>
              <s:element name="source_ip" type="address"/>
              <s:element name="count" type="s:positiveInteger"/>
              <s:element name="policy_evaluated"><s:complexType><s:sequence>
                <s:element name="disposition" type="done"/>
                <s:element name="dkim" type="aligned"/>
                <s:element name="spf" type="aligned"/>
                <s:element name="reason" minOccurs="0" maxOccurs="unbounded"><s:complexType><s:all>
                  <s:element name="type" type="reason"/>
                  <s:element name="comment" type="text" minOccurs="0"/>
                </s:all></s:complexType></s:element>
              </s:sequence></s:complexType></s:element>
            </s:all></s:complexType></s:element>
            <s:element name="identifiers"><s:complexType><s:all>
              <s:element name="header_from" type="text"/>
              <s:element name="envelope_from" type="s:token" minOccurs="0"/>
              <s:element name="envelope_to" type="text" minOccurs="0"/>
            </s:all></s:complexType></s:element>
            <s:element name="auth_results"><s:complexType><s:sequence>
              <s:element name="dkim" minOccurs="0" maxOccurs="100"><s:complexType><s:all>
                <s:element name="domain" type="text"/>
                <s:element name="selector" type="text"/>
                <s:element name="result" type="of-dkim"/>
                <s:element name="human_result" type="text" minOccurs="0"/>
              </s:all></s:complexType></s:element>
              <s:element name="spf" minOccurs="0"><s:complexType><s:all>
                <s:element name="domain" type="text"/>
                <s:element name="scope" type="scope" minOccurs="0"/>
                <s:element name="result" type="of-spf"/>
                <s:element name="human_result" type="text" minOccurs="0"/>
              </s:all></s:complexType></s:element>
            </s:sequence></s:complexType></s:element>
          </s:sequence></s:complexType></s:element>
        </s:sequence></s:complexType></s:element>
      </s:schema>
      """;

  private ReportSchema() {}

  /**
   * Checks a report.
   *
   * @throws SAXException when it is not as it has to be
   */
  static void check(String xml) throws SAXException, IOException {
    String types =
        WORDS.formatted("text", ".+")
            + WORDS.formatted("one", "1\\.0")
            + WORDS.formatted("method", "treewalk|psl")
            + WORDS.formatted("policy", "none|quarantine|reject")
            + WORDS.formatted("done", "none|pass|quarantine|reject")
            + WORDS.formatted("options", "[01ds](:[01ds])*")
            + WORDS.formatted("mode", "r|s")
            + WORDS.formatted("yes-or-no", "y|n")
            + WORDS.formatted("address", "[0-9]+(\\.[0-9]+){3}|[0-9a-f:]+:[0-9a-f:.]+")
            + WORDS.formatted("aligned", "pass|fail")
            + WORDS.formatted(
                "reason", "local_policy|mailing_list|other|policy_test_mode|trusted_forwarder")
            + WORDS.formatted("scope", "mfrom")
            + WORDS.formatted("of-dkim", "none|pass|fail|policy|neutral|temperror|permerror")
            + WORDS.formatted(
                "of-spf", "none|pass|fail|softfail|policy|neutral|temperror|permerror");
    SchemaFactory factory = SchemaFactory.newDefaultInstance();
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    Schema schema = factory.newSchema(new StreamSource(new StringReader(TEXT.formatted(types))));
    schema.newValidator().validate(new StreamSource(new StringReader(xml)));
  }
}

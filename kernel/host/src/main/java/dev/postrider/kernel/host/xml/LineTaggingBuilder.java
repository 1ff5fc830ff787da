package dev.postrider.kernel.host.xml;

import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.xml.sax.EntityResolver;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Parses XML into a DOM whose elements carry their line in the attribute {@link #LINE}. A DOCTYPE
 * is an error, so there are no entities that could read files or grow without end.
 */
final class LineTaggingBuilder extends DocumentBuilder {

  /** The attribute that holds the line. */
  static final String LINE = "postrider-line";

  private final DocumentBuilder documents;
  private final SAXParser parser;

  LineTaggingBuilder() {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
      factory.setNamespaceAware(false);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      this.parser = factory.newSAXParser();
      this.documents = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("the JDK's XML parser can't be made safe", e);
    }
  }

  @Override
  public Document parse(InputSource source) throws SAXException, IOException {
    Document document = documents.newDocument();
    parser.parse(source, new LineTaggingHandler(document));
    return document;
  }

  @Override
  public boolean isNamespaceAware() {
    return false;
  }

  @Override
  public boolean isValidating() {
    return false;
  }

  @Override
  public void setEntityResolver(@Nullable EntityResolver resolver) {
    // There are no external entities to resolve.
  }

  @Override
  public void setErrorHandler(@Nullable ErrorHandler handler) {
    // Every error ends parsing with an exception.
  }

  @Override
  public Document newDocument() {
    return documents.newDocument();
  }

  @Override
  public DOMImplementation getDOMImplementation() {
    return documents.getDOMImplementation();
  }
}

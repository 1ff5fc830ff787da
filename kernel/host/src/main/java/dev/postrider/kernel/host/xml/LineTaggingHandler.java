package dev.postrider.kernel.host.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Builds a DOM from the parser's events and notes the line of each element. */
final class LineTaggingHandler extends DefaultHandler {

  private static final int DEEPEST = 64;

  private final Document document;
  private final Deque<Node> open = new ArrayDeque<>();
  private @Nullable Locator locator;

  LineTaggingHandler(Document document) {
    this.document = document;
    open.push(document);
  }

  @Override
  public void setDocumentLocator(Locator locator) {
    this.locator = locator;
  }

  @Override
  public void startElement(String uri, String localName, String name, Attributes attributes)
      throws SAXParseException {
    if (open.size() > DEEPEST) {
      throw new SAXParseException("elements are nested more than " + DEEPEST + " deep", locator);
    }
    Element element = document.createElement(name);
    for (int i = 0; i < attributes.getLength(); i++) {
      element.setAttribute(attributes.getQName(i), attributes.getValue(i));
    }
    int line = locator == null ? 0 : locator.getLineNumber();
    element.setAttribute(LineTaggingBuilder.LINE, Integer.toString(line));
    open.element().appendChild(element);
    open.push(element);
  }

  @Override
  public void characters(char[] text, int start, int length) {
    open.element().appendChild(document.createTextNode(new String(text, start, length)));
  }

  @Override
  public void endElement(String uri, String localName, String name) {
    open.pop();
  }

  // The parser names where it noticed, which for a missing end tag may be far from the start tag.
  @Override
  public void fatalError(SAXParseException problem) throws SAXParseException {
    if (!(open.element() instanceof Element inside)) {
      throw problem;
    }
    throw new SAXParseException(
        "%s It is inside of <%s>, which begins in line %s."
            .formatted(
                problem.getMessage(),
                inside.getTagName(),
                inside.getAttribute(LineTaggingBuilder.LINE)),
        problem.getPublicId(),
        problem.getSystemId(),
        problem.getLineNumber(),
        problem.getColumnNumber(),
        problem);
  }

  @Override
  public void error(SAXParseException problem) throws SAXParseException {
    throw problem;
  }
}

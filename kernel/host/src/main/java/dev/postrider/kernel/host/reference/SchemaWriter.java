package dev.postrider.kernel.host.reference;

import java.io.StringWriter;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the elements of an XML Schema, indented. Thread: one. */
final class SchemaWriter {

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter out;
  private int depth;

  SchemaWriter() {
    try {
      out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      out.writeStartDocument("UTF-8", "1.0");
    } catch (XMLStreamException e) {
      throw inMemory(e);
    }
  }

  /** An element with attributes, given as name, value, name, value, …, and what is in it. */
  void element(String name, List<String> attributes, Runnable content) {
    try {
      indent();
      out.writeStartElement("xs", name, XMLConstants.W3C_XML_SCHEMA_NS_URI);
      if (depth == 0) {
        out.writeNamespace("xs", XMLConstants.W3C_XML_SCHEMA_NS_URI);
      }
      for (int i = 0; i < attributes.size(); i += 2) {
        out.writeAttribute(attributes.get(i), attributes.get(i + 1));
      }
      depth++;
      content.run();
      depth--;
      indent();
      out.writeEndElement();
    } catch (XMLStreamException e) {
      throw inMemory(e);
    }
  }

  /** An element without content. */
  void empty(String name, String... attributes) {
    try {
      indent();
      out.writeEmptyElement("xs", name, XMLConstants.W3C_XML_SCHEMA_NS_URI);
      for (int i = 0; i < attributes.length; i += 2) {
        out.writeAttribute(attributes[i], attributes[i + 1]);
      }
    } catch (XMLStreamException e) {
      throw inMemory(e);
    }
  }

  /** What an editor shows of the element around it. */
  void documentation(String words) {
    element(
        "annotation",
        List.of(),
        () -> {
          try {
            indent();
            out.writeStartElement("xs", "documentation", XMLConstants.W3C_XML_SCHEMA_NS_URI);
            out.writeCharacters(words);
            out.writeEndElement();
          } catch (XMLStreamException e) {
            throw inMemory(e);
          }
        });
  }

  /** The schema. */
  String finish() {
    try {
      out.writeEndDocument();
      out.close();
      return text + "\n";
    } catch (XMLStreamException e) {
      throw inMemory(e);
    }
  }

  private void indent() throws XMLStreamException {
    out.writeCharacters("\n" + "  ".repeat(depth));
  }

  private static IllegalStateException inMemory(XMLStreamException e) {
    return new IllegalStateException("writing into memory does not fail", e);
  }
}

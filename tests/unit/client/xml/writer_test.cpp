// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/xml/writer.hpp"

#include <gmock/gmock.h>

namespace passerelle::xml {

using ::testing::HasSubstr;

TEST(XmlWriter, ClosesWhatIsOpen) {
    Writer writer;
    writer.start("d:a").attribute("xmlns:d", "DAV:").start("d:b").element("d:c", "x").element("d:e");
    EXPECT_THAT(writer.finish(), HasSubstr(R"(<d:a xmlns:d="DAV:"><d:b><d:c>x</d:c><d:e/></d:b></d:a>)"));
}

TEST(XmlWriter, EscapesTextsAndAttributes) {
    Writer writer;
    writer.start("a").attribute("k", "\"<\"").text("<é & è>");
    EXPECT_THAT(writer.finish(), HasSubstr(R"(<a k="&quot;&lt;&quot;">&lt;é &amp; è&gt;</a>)"));
}

TEST(XmlWriter, ALargeDocumentLeavesInPieces) {
    Writer writer;
    writer.start("a").element("b", "1");
    std::string document = writer.take();
    EXPECT_THAT(document, HasSubstr("<b>1</b>"));
    EXPECT_EQ(writer.take(), "");
    writer.start("c").attribute("k", "2");
    document += writer.take();
    writer.text("3");
    document += writer.finish();
    EXPECT_THAT(document, HasSubstr(R"(<a><b>1</b><c k="2">3</c></a>)"));
}

} // namespace passerelle::xml

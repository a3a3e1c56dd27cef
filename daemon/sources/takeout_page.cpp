// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/takeout_page.hpp"

#include <algorithm>
#include <libxml/HTMLparser.h>
#include <memory>

namespace passerelle::sources {
namespace {

constexpr std::size_t kMaxText = 4096;
constexpr std::size_t kMaxFolders = 200; ///< within each other
constexpr std::size_t kMaxProducts = 1000;
constexpr std::size_t kChunk = 64U << 10U;
constexpr std::string_view kDetails = "service-details-";

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

bool has_class(std::string_view classes, std::string_view wanted) {
    while (!classes.empty()) {
        const auto cut = classes.find_first_of(" \t\r\n");
        if (classes.substr(0, cut) == wanted) return true;
        classes.remove_prefix(cut == std::string_view::npos ? classes.size() : cut + 1);
    }
    return false;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(blank) - first + 1));
}

/// Collects the page while the parser walks over it; no tree is built.
class PageReader {
  public:
    TakeoutPage page;

    void start(const xmlChar** attributes) {
        ++depth_;
        std::string_view id, classes, english, folder;
        for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
            const auto name = view(attributes[0]);
            const auto value = view(attributes[1]);
            if (name == "id")
                id = value;
            else if (name == "class")
                classes = value;
            else if (name == "data-english-name")
                english = value;
            else if (name == "data-folder-name")
                folder = value;
        }
        if (id.starts_with(kDetails)) {
            service_ = id.substr(kDetails.size(), kMaxText);
            folders_.clear();
        }
        if (!english.empty() && !folder.empty() && page.products.size() < kMaxProducts)
            page.products.emplace(folder.substr(0, kMaxText), english.substr(0, kMaxText));
        if (has_class(classes, "extracted-folder-name"))
            begin(Taking::folder);
        else if (has_class(classes, "extracted-file-name"))
            begin(Taking::file);
    }

    void end() {
        if (taking_ != Taking::nothing && depth_ == taken_at_) finish();
        --depth_;
    }

    void characters(std::string_view text) {
        if (taking_ != Taking::nothing && text_.size() + text.size() <= kMaxText) text_ += text;
    }

  private:
    enum class Taking { nothing, folder, file };

    void begin(Taking what) {
        taking_ = what;
        taken_at_ = depth_;
        text_.clear();
    }

    /// Folders hold what follows them no further out than they are named: <folder name> <file> <file>, at any depth of
    /// boxes.
    void finish() {
        const auto reach = taking_ == Taking::folder ? depth_ - 1 : depth_;
        while (!folders_.empty() && folders_.back().depth > reach)
            folders_.pop_back();
        auto name = trimmed(text_);
        if (taking_ == Taking::folder && folders_.size() < kMaxFolders)
            folders_.push_back({depth_, std::move(name)});
        else if (taking_ == Taking::file && !name.empty() && page.files.size() < TakeoutPage::kMaxListed)
            page.files.push_back({service_, folder_path(), std::move(name)});
        taking_ = Taking::nothing;
    }

    [[nodiscard]] std::string folder_path() const {
        std::string path;
        for (const auto& folder : folders_)
            path += (path.empty() ? "" : "/") + folder.name;
        return path;
    }

    struct NamedFolder {
        int depth;
        std::string name;
    };

    int depth_ = 0;
    Taking taking_ = Taking::nothing;
    int taken_at_ = 0;
    std::string text_;
    std::string service_;
    std::vector<NamedFolder> folders_;
};

PageReader& reader(void* context) {
    return *static_cast<PageReader*>(context);
}

htmlSAXHandler handlers() {
    htmlSAXHandler sax{};
    sax.startElement = [](void* context, const xmlChar*, const xmlChar** attributes) {
        reader(context).start(attributes);
    };
    sax.endElement = [](void* context, const xmlChar*) { reader(context).end(); };
    sax.characters = [](void* context, const xmlChar* text, int length) {
        reader(context).characters({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    };
    return sax;
}

} // namespace

TakeoutPage parse_takeout_page(std::string_view html) {
    PageReader page_reader;
    if (html.empty() || html.size() > kMaxPageBytes) return {};
    auto sax = handlers();
    const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)> parser(
        htmlCreatePushParserCtxt(&sax, &page_reader, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8), &htmlFreeParserCtxt);
    if (!parser) return {};
    htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    while (!html.empty()) {
        const auto chunk = html.substr(0, kChunk);
        htmlParseChunk(parser.get(), chunk.data(), static_cast<int>(chunk.size()), 0);
        html.remove_prefix(chunk.size());
    }
    htmlParseChunk(parser.get(), nullptr, 0, 1);
    return std::move(page_reader.page);
}

} // namespace passerelle::sources

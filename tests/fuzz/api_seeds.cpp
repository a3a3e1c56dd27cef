// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes one good input for each reader that api_fuzzer tries. usage: api_seeds FOLDER
#include <filesystem>
#include <fstream>
#include <string>

int main(int argc, char** argv) {
    if (argc != 2) return 1;
    const std::string seeds[] = {
        R"(0{"parts":[{"place":"inbox","path":"a/b.zip"}],"user":"camille","login":"c","app_password":"p","delta":true,)"
        R"("choices":{"destination":"x/y","convert":{"text":true,"only_faithful":false},"originals":"beside",)"
        R"("include":["*"],"exclude":["a?"],"language":"fr","workers":2}})",
        R"(1{"decisions":[{"item":17,"wish":"skip"}]})",
        R"(1{"decisions":[{"principal":{"kind":"user","email":"a@b.c","name":"A"},)"
        R"("decision":{"kind":"account","target":"a"}}]})",
        R"(1{"items":[1,2,3]})",
        R"(2{"login":"c","app_password":"p"})",
        R"(2{"pilot":"a/b"})",
        R"(2{"notify":true})",
        R"(2{"night_window":"22:00-06:00","bytes_per_second":5,"jobs_at_once":2})",
        R"(2{"default":"info","rooms":{"http":"debug"}})",
        "3limit=10&below=Comptabilit%C3%A9+1",
        "3/api/v1/jobs/12/items",
        "3fr-FR,fr;q=0.8,en;q=0.5",
    };
    std::size_t number = 0;
    for (const auto& seed : seeds)
        std::ofstream(std::filesystem::path(argv[1]) / std::to_string(number++)) << seed;
    return 0;
}

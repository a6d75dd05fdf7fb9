namespace Candeia.Text.Tests;

public sealed class TokenizersTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, ITokenizer> All => new()
    {
        { "words", WordTokenizer.Build(["The cat saw the dog."]) },
        { "words as they are", WordTokenizer.Build(["The cat saw the dog."], lowercase: false) },
        { "characters", CharacterTokenizer.Build(["The cat saw the dog."], specials: [SpecialTokens.UnknownWord]) },
        { "GPT-2", SubwordTokenizer.Gpt2() },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_gives_the_same_tokenizer_back(string name, ITokenizer tokenizer)
    {
        tokenizer.Save(_folder["t.json"]);
        var loaded = Tokenizers.Load(_folder["t.json"]);
        Assert.True(tokenizer.Encode("The bird, the cat") is { Length: > 0 } ids && ids.SequenceEqual(loaded.Encode("The bird, the cat")), name);
        Assert.Equal((tokenizer.VocabularySize, tokenizer.Special), (loaded.VocabularySize, loaded.Special));
    }

    [Fact]
    public void A_tokenizer_of_files_says_that_these_are_to_be_kept()
    {
        File.WriteAllLines(_folder["vocab.txt"], ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a"]);
        var bert = SubwordTokenizer.WordPiece(_folder["vocab.txt"]);
        Assert.Contains("keep the files", Assert.Throws<NotSupportedException>(() => bert.Save(_folder["t.json"])).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["t.json"]));
    }

    [Theory]
    [InlineData("{\"format\": \"candeia tokenizer 2\", \"kind\": \"gpt2\"}", "its format is not")]
    [InlineData("{\"format\": \"candeia tokenizer 1\", \"kind\": \"letters\"}", "its kind is none of characters, words and gpt2")]
    [InlineData("{\"format\": \"candeia tokenizer 1\", \"kind\": \"words\"}", "it has no words")]
    [InlineData("{\"format\": \"candeia vocabulary 1\", \"words\": []}", "is not as expected")]
    public void Another_file_is_refused_in_one_sentence(string text, string why)
    {
        File.WriteAllText(_folder["t.json"], text);
        Assert.Contains(why, Assert.Throws<TokenizerException>(() => Tokenizers.Load(_folder["t.json"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        WordTokenizer.Build(["Häuser \"cat\" \\ 😀 the dog"], specials: ["<pad>", "<unk>", "<bos>"]).Save(_folder["t.json"]);
        byte[][] words = [.. ((string[])["\"words\"", "null", "[]", "\\ud83d", "\\u0000", "\"gpt2\"", "\"characters\"", "1e999"]).Select(w => System.Text.Encoding.UTF8.GetBytes(w))];
        Fuzz.Run([File.ReadAllBytes(_folder["t.json"])], words, bytes =>
        {
            File.WriteAllBytes(_folder["d.json"], bytes);
            try
            {
                var tokenizer = Tokenizers.Load(_folder["d.json"]);
                if (tokenizer is SubwordTokenizer || tokenizer.Special.Unknown is not null) Assert.NotEmpty(tokenizer.Encode("the 😀 \ud83d"));
            }
            catch (TokenizerException fault)
            {
                Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
            }
        });
    }
}

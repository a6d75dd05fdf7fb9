using System.Text;

namespace Candeia.Text.Tests;

public sealed class LanguageModelTests : IDisposable
{
    const string Text = "the cat sat on the mat, and the rat sat on the cat.";
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static LanguageModel Small(string text = Text)
    {
        var tokenizer = CharacterTokenizer.Build([text]);
        return new(new Gpt(new(tokenizer.VocabularySize, Context: 8, Layers: 1, Heads: 2, Width: 8), new Generator(1)), tokenizer);
    }

    static GenerationOptions Seeded => new() { MaxTokens = 30, Generator = new(2) };

    [Fact]
    public void Pieces_are_the_tokens_as_they_are_made()
    {
        var model = Small();
        string[] pieces = [.. model.Generate("the", Seeded)];
        Assert.Equal(30, pieces.Length);
        Assert.Equal(model.Tokenizer.Decode(model.Network.Generate(model.Tokenizer.Encode("the"), Seeded)), string.Concat(pieces));
    }

    [Fact]
    public void Words_keep_their_blanks()
    {
        var words = WordTokenizer.Build(["one two three four"]);
        var model = new LanguageModel(new Gpt(new(words.VocabularySize, 8, 1, 2, 8), new Generator(1)), words);
        int[] prompt = words.Encode("one two"), made = [.. model.Network.Generate(prompt, Seeded)];
        string whole = words.Decode([.. prompt, .. made]);
        Assert.Equal(whole, words.Decode(prompt) + string.Concat(model.Generate("one two", Seeded)));
    }

    [Fact]
    public void Characters_of_several_tokens_come_when_they_are_complete()
    {
        var bytes = new Bytes();
        var model = new LanguageModel(new Gpt(new(256, 8, 1, 2, 8), new Generator(1)), bytes);
        using (Autograd.NoGrad()) model.Network.Parameters()[0].Fill(0);     // all bytes are alike
        string[] pieces = [.. model.Generate("é", new() { MaxTokens = 200, Generator = new(4) })];
        int[] made = [.. model.Network.Generate(bytes.Encode("é"), new() { MaxTokens = 200, Generator = new(4) })];
        Assert.Equal(bytes.Decode(made), string.Concat(pieces));
    }

    [Fact]
    public void A_network_that_knows_nothing_needs_as_many_bits_as_there_are_characters_to_choose_from()
    {
        var model = Small();
        Assert.InRange(model.BitsPerCharacter(Text), Math.Log2(model.Tokenizer.VocabularySize) - 0.05, Math.Log2(model.Tokenizer.VocabularySize) + 0.05);
        Assert.Equal(model.BitsPerCharacter(Text, batchSize: 1), model.BitsPerCharacter(Text), 1e-5);
        Assert.Contains("no piece of 8", Assert.Throws<ArgumentException>(() => model.BitsPerCharacter("the cat")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_gives_the_same_model_back()
    {
        var model = Small();
        model.Save(_folder["model"]);
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"], Directory.GetFiles(_folder["model"]).Select(Path.GetFileName).Order());
        Assert.Equal(model.Generate("the", Seeded), LanguageModel.Load(_folder["model"]).Generate("the", Seeded));
    }

    [Theory]
    [InlineData("the dog"), InlineData("THE CAT SAT ON THE MAT, AND THE RAT SAT ON THE CAT.")]
    public void Another_tokenizer_is_noticed_even_one_of_the_same_size(string other)
    {
        Small().Save(_folder["model"]);
        CharacterTokenizer.Build([other]).Save(_folder["model", "tokenizer.json"]);
        Assert.Contains("is not the tokenizer", Assert.Throws<TokenizerException>(() => LanguageModel.Load(_folder["model"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LanguageModel(Small().Network, CharacterTokenizer.Build(["abc"])));
    }

    [Fact]
    public void Files_that_are_missing_or_damaged_are_named()
    {
        Assert.Contains("none", Assert.ThrowsAny<IOException>(() => LanguageModel.Load(_folder["none"])).Message, StringComparison.Ordinal);
        Small().Save(_folder["model"]);
        File.Delete(_folder["model", "tokenizer.json"]);
        Assert.Contains("tokenizer.json", Assert.Throws<TokenizerException>(() => LanguageModel.Load(_folder["model"])).Message, StringComparison.Ordinal);
        Small().Save(_folder["model"]);
        File.WriteAllText(_folder["model", "model.safetensors"], "nothing of the kind");
        Assert.ThrowsAny<TensorFileException>(() => LanguageModel.Load(_folder["model"]));
    }

    [Fact]
    public void Prompts_that_are_empty_or_unknown_are_refused()
    {
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => Small().Generate("")).Message, StringComparison.Ordinal);
        Assert.Contains("'Z'", Assert.Throws<ArgumentException>(() => Small().Generate("the Z")).Message, StringComparison.Ordinal);
    }

    /// <summary>The bytes of UTF-8.</summary>
    sealed class Bytes : ITokenizer
    {
        public int VocabularySize => 256;

        public SpecialTokens Special { get; } = new();

        public IReadOnlyList<Token> Tokenize(string text) => throw new NotSupportedException();

        public int[] Encode(string text) => [.. Encoding.UTF8.GetBytes(text).Select(b => (int)b)];

        public string Decode(IEnumerable<int> ids) => Encoding.UTF8.GetString([.. ids.Select(i => (byte)i)]);
    }
}

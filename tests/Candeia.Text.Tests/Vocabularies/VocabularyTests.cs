namespace Candeia.Text.Tests;

public sealed class VocabularyTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_most_frequent_words_come_first_and_equals_by_the_alphabet()
    {
        var v = Vocabulary.Build(["b", "c", "a", "b", "c", "c"]);
        Assert.Equal(["<pad>", "<unk>", "c", "b", "a"], v);
        Assert.Equal(["<pad>", "<unk>", "c", "b"], Vocabulary.Build(["b", "c", "a", "b", "c", "c"], minFrequency: 2));
        Assert.Equal(["<pad>", "<unk>", "c"], Vocabulary.Build(["b", "c", "a", "b", "c", "c"], maxSize: 3));
        Assert.Equal(["a", "b"], Vocabulary.Build(["b", "a"], specials: []));
    }

    [Fact]
    public void A_special_word_among_the_words_has_one_number_only()
    {
        var v = Vocabulary.Build(["<pad>", "a", "<pad>"]);
        Assert.Equal(["<pad>", "<unk>", "a"], v);
    }

    [Fact]
    public void Special_words_are_known_by_how_they_are_written()
    {
        Assert.Equal(new SpecialTokens(1, 2, 3, 4), new Vocabulary(["a", "<pad>", "<unk>", "<bos>", "<eos>"]).Special);
        Assert.Equal(new SpecialTokens(), new Vocabulary(["a"]).Special);
    }

    [Fact]
    public void What_is_not_known_is_said_or_stands_for_itself()
    {
        Assert.Equal(1, Vocabulary.Build(["a"])["b"]);
        var strict = new Vocabulary(["a"]);
        Assert.False(strict.TryGetId("b", out _));
        Assert.Contains("'b' is none of the 1 words", Assert.Throws<ArgumentException>(() => strict["b"]).Message, StringComparison.Ordinal);
        Assert.Contains("none with the number 1", Assert.Throws<ArgumentOutOfRangeException>(() => strict[1]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => strict[-1]);
    }

    [Theory]
    [InlineData("twice, as 0 and as 2", "a", "b", "a")]
    [InlineData("Word 1 of the vocabulary is empty", "a", "")]
    public void Words_that_cannot_be_are_refused(string why, params string[] words) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(() => new Vocabulary(words)).Message, StringComparison.Ordinal);

    [Fact]
    public void Half_a_character_is_no_word() =>
        Assert.Contains("middle of a character", Assert.Throws<ArgumentException>(() => new Vocabulary(["a", "b\ud83d"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Room_is_needed_for_special_words() => Assert.Throws<ArgumentOutOfRangeException>(() => Vocabulary.Build(["a"], maxSize: 1));

    [Fact]
    public void A_file_gives_the_same_words_back()
    {
        var v = new Vocabulary(["<unk>", "ä", "\"", "\\", " ", "\n", "😀", "a\u0301", "\u0000"]);
        v.Save(_folder["v.json"]);
        Assert.Equal(v, Vocabulary.Load(_folder["v.json"]));
        Assert.Equal(0, Vocabulary.Load(_folder["v.json"]).Special.Unknown);
    }

    [Theory]
    [InlineData("{}", "line 1, byte 2 is not as expected")]
    [InlineData("null", "it says null")]
    [InlineData("{\"format\": \"candeia vocabulary 1\",\n\"words\": [\"a\" \"b\"]}", "line 2, byte 14")]
    [InlineData("{\"format\": \"candeia vocabulary 1\", \"words\": [\"a\", null]}", "Word 1 of the vocabulary is empty")]
    [InlineData("{\"format\": \"candeia vocabulary 1\", \"words\": [\"a\", \"a\"]}", "twice")]
    [InlineData("{\"format\": \"candeia tokenizer 1\", \"words\": [\"a\"]}", "its format is not")]
    public void Another_file_is_refused_in_one_sentence(string text, string why)
    {
        File.WriteAllText(_folder["v.json"], text);
        string message = Assert.Throws<TokenizerException>(() => Vocabulary.Load(_folder["v.json"])).Message;
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.Contains(_folder["v.json"], message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("nowhere.json", Assert.Throws<TokenizerException>(() => Vocabulary.Load(_folder["nowhere.json"])).Message, StringComparison.Ordinal);
}

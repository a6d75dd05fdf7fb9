namespace Candeia.Text.Tests;

public class WordTokenizerTests
{
    [Theory]
    [InlineData("I don't know.", "i", "don't", "know", ".")]
    [InlineData("rock'n'roll 'quoted' dogs'", "rock'n'roll", "'", "quoted", "'", "dogs", "'")]
    [InlineData("x=3.5%", "x", "=", "3", ".", "5", "%")]
    [InlineData("  tab\there\u00a0and\u200a\r\nthere ", "tab", "here", "and", "there")]
    [InlineData("naïve Straße élan", "naïve", "straße", "élan")]
    [InlineData("e\u0301tude", "e\u0301tude")]
    [InlineData("well-known…", "well", "-", "known", "…")]
    [InlineData("日本語 😀😀", "日本語", "😀", "😀")]
    [InlineData("\0\u0001")]
    [InlineData("")]
    public void Words_and_signs_are_pieces(string text, params string[] words) => Assert.Equal(words, WordTokenizer.Words(text));

    [Fact]
    public void Half_a_character_stands_for_none() => Assert.Equal(["\ufffd", "!", "a", "\ufffd"], WordTokenizer.Words("\ud83d!a\ude00"));

    [Fact]
    public void Large_letters_stay_if_they_are_to() => Assert.Equal(["Ä", "B"], WordTokenizer.Words("Ä B", lowercase: false));

    [Fact]
    public void Pieces_know_where_they_stand()
    {
        var t = WordTokenizer.Build(["the cat"]);
        Assert.Equal([new(3, "the", 1, 3), new(1, "<unk>", 5, 3), new(1, "<unk>", 8, 1)], t.Tokenize(" The dog."));
        Assert.Equal([3, 1, 1], t.Encode(" The dog."));
    }

    [Fact]
    public void Decoding_joins_words_and_leaves_out_padding()
    {
        var t = WordTokenizer.Build(["the cat"]);
        Assert.Equal("the <unk> cat", t.Decode([3, 1, 2, 0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => t.Decode([4]));
    }

    [Fact]
    public void The_vocabulary_is_bounded()
    {
        var t = WordTokenizer.Build(["a a a b b c", "a C D"], minFrequency: 2, maxSize: 4);
        Assert.Equal(["<pad>", "<unk>", "a", "b"], t.Vocabulary);
    }
}

namespace Candeia.Text.Tests;

public sealed class SubwordTokenizerTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The numbers that every program with GPT-2's table gives.
    [Theory]
    [InlineData("Hello, world!", 15496, 11, 995, 0)]
    [InlineData("", new int[0])]
    [InlineData(" naïve", 41492)]
    public void Gpt2_has_its_known_numbers(string text, params int[] ids)
    {
        var gpt2 = SubwordTokenizer.Gpt2();
        Assert.Equal(ids, gpt2.Encode(text));
        Assert.Equal(text, gpt2.Decode(gpt2.Encode(text)));
        Assert.Equal(ids, gpt2.Tokenize(text).Select(t => t.Id));
    }

    [Fact]
    public void Gpt2_knows_every_text_and_its_end_is_silent()
    {
        var gpt2 = SubwordTokenizer.Gpt2();
        const string text = "日本語 😀\t\0 x";
        Assert.Equal(text, gpt2.Decode([50256, .. gpt2.Encode(text), 50256]));
        Assert.Equal((50257, 50256), (gpt2.VocabularySize, gpt2.Special.End));
        Assert.Contains("none with the number 50257", Assert.Throws<ArgumentOutOfRangeException>(() => gpt2.Decode([50257])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_know_where_they_stand() =>
        Assert.Equal(["un", "bel", "iev", "able", "!"], SubwordTokenizer.Gpt2().Tokenize("unbelievable!").Select(t => "unbelievable!".Substring(t.Start, t.Length)));

    [Fact]
    public void Byte_pairs_are_joined_in_the_order_of_their_file()
    {
        File.WriteAllText(_folder["vocab.json"], """{"l":0,"o":1,"w":2,"e":3,"r":4,"lo":5,"low":6,"Ġ":7,"Ġlow":8,"<|endoftext|>":9}""");
        File.WriteAllText(_folder["merges.txt"], "#version: 0.2\nl o\nlo w\nĠ low\n");
        var bpe = SubwordTokenizer.Bpe(_folder["vocab.json"], _folder["merges.txt"]);
        Assert.Equal([6, 3, 4, 8], bpe.Encode("lower low"));
        Assert.Equal("lower low", bpe.Decode([6, 3, 4, 8, 9]));
        Assert.Equal((10, 9), (bpe.VocabularySize, bpe.Special.End));
    }

    [Fact]
    public void Words_are_cut_into_the_longest_pieces()
    {
        File.WriteAllLines(_folder["vocab.txt"], ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "play", "##ing", "##ed", "the", "."]);
        var bert = SubwordTokenizer.WordPiece(_folder["vocab.txt"]);
        Assert.Equal([5, 6, 8, 1, 9], bert.Tokenize("Playing the banjo.").Select(t => t.Id));
        Assert.Equal([5, 6, 8, 1, 9], bert.Encode("Playing the banjo."));
        Assert.Equal(new SpecialTokens(0, 1, 2, 3), bert.Special);
        Assert.Equal(10, bert.VocabularySize);
        Assert.Equal("playing", bert.Decode([2, 5, 6, 3, 0]));
    }

    [Fact]
    public void Sentence_pieces_are_those_of_the_likeliest_cut()
    {
        File.WriteAllBytes(_folder["m.model"], SentencePieceModel.Unigrams(("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), ("▁", -3, 1), ("▁a", -1, 1), ("b", -2, 1), ("ab", -9, 1)));
        var pieces = SubwordTokenizer.SentencePiece(_folder["m.model"]);
        Assert.Equal(7, pieces.VocabularySize);
        Assert.Equal(new SpecialTokens(null, 0, 1, 2), pieces.Special);
        Assert.Equal([4, 5, 5], pieces.Encode("abb"));
        Assert.Equal("abb", pieces.Decode([1, 4, 5, 5, 2]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1, 2]")]
    [InlineData("hello")]
    public void Files_of_another_kind_are_refused_in_one_sentence(string text)
    {
        File.WriteAllText(_folder["file"], text);
        foreach (Func<ITokenizer> read in (Func<ITokenizer>[])[
            () => SubwordTokenizer.Bpe(_folder["file"], _folder["file"]), () => SubwordTokenizer.WordPiece(_folder["file"]), () => SubwordTokenizer.SentencePiece(_folder["file"]),
            () => SubwordTokenizer.Bpe(_folder["nowhere"], _folder["nowhere"]), () => SubwordTokenizer.WordPiece(_folder["nowhere"]), () => SubwordTokenizer.SentencePiece(_folder["nowhere"])])
        {
            string message = Assert.Throws<TokenizerException>(read).Message;
            Assert.Contains(_folder.Path, message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }
    }
}

using Candeia.Data;

namespace Candeia.Text.Tests;

public class TextEncodingTests
{
    static readonly ITokenizer s_words = new WordTokenizer(new(["<pad>", "<unk>", "<bos>", "<eos>", "a", "b", "c"]));

    [Fact]
    public void Shorter_texts_are_filled_up_behind_or_before()
    {
        var batch = new TextEncoding(s_words).Encode(["a b c", "", "x"]);
        Assert.Equal([3, 3], batch.Tokens.Shape);
        Assert.Equal([4L, 5, 6, 0, 0, 0, 1, 0, 0], batch.Tokens.ToArray<long>());
        Assert.Equal([true, true, true, false, false, false, true, false, false], batch.Mask.ToArray<bool>());
        Assert.Equal([3, 0, 1], batch.Lengths);
        Assert.Equal([4L, 5, 6, 0, 0, 1], new TextEncoding(s_words) { PadLeft = true }.Encode(["a b c", "x"]).Tokens.ToArray<long>());
        Assert.Equal(3, batch.Size);
        Assert.Equal(2, ((IBatch)batch).Tensors().Count);
    }

    [Fact]
    public void Longer_texts_are_cut_and_keep_what_stands_around_them()
    {
        var encoding = new TextEncoding(s_words, MaxLength: 3) { Begin = true, End = true };
        Assert.Equal([2, 4, 3], encoding.Encode("a b c"));
        Assert.Equal([2, 6, 3], (encoding with { CutLeft = true }).Encode("a b c"));
        Assert.Equal([2, 3], encoding.Encode(""));
        Assert.Equal([5, 6], (new TextEncoding(s_words, 2) { CutLeft = true }).Encode("a b c"));
        Assert.Contains("Of 2 pieces none is left", Assert.Throws<ArgumentException>(() => (encoding with { MaxLength = 2 }).Encode("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_texts_alone_have_one_place() => Assert.Equal([2, 1], new TextEncoding(s_words).Encode(["", ""]).Tokens.Shape);

    [Fact]
    public void Tokens_that_are_missing_are_named()
    {
        var plain = new TextEncoding(CharacterTokenizer.Build(["ab"]));
        Assert.Equal([2, 2], plain.Encode(["ab", "ba"]).Tokens.Shape);
        Assert.Contains("no token '<pad>'", Assert.Throws<InvalidOperationException>(() => plain.Encode(["ab", "b"])).Message, StringComparison.Ordinal);
        Assert.Contains("no token '<bos>'", Assert.Throws<InvalidOperationException>(() => (plain with { Begin = true }).Encode("a")).Message, StringComparison.Ordinal);
        Assert.Contains("no token '<eos>'", Assert.Throws<InvalidOperationException>(() => (plain with { End = true }).Encode("a")).Message, StringComparison.Ordinal);
        Assert.Equal(50256, new TextEncoding(SubwordTokenizer.Gpt2()).Padding);
    }

    [Fact]
    public void A_data_set_gives_batches_as_long_as_their_longest_text()
    {
        TextSample[] texts = [new("a b c", 1, "first"), new("b", 0, "second"), new("", 1, "third")];
        var data = new TextDataset(texts, new(s_words));
        Assert.Equal([3, 1, 0], data.Lengths);
        Assert.Equal([5L], data[1].X.ToArray<long>());
        Assert.Equal((0, "second"), ((int)data[1].Y.Item(), data[1].Id));
        var batches = data.Loader(2).ToArray();
        Assert.Equal([2, 3], batches[0].X.Shape);
        Assert.Equal([1, 1], batches[1].X.Shape);
        Assert.Equal(["third"], batches[1].Ids);
        Assert.Equal([1L, 0], batches[0].Y.ToArray<long>());
        Assert.Equal([1, 1], data[1..2].Loader(1).First().X.Shape);
    }
}

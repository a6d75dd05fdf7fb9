namespace Candeia.Text.Tests;

public class CharacterTokenizerTests
{
    [Fact]
    public void Characters_are_in_the_order_of_their_code_points()
    {
        var t = CharacterTokenizer.Build(["zé😀a", "a\n"]);
        Assert.Equal(["\n", "a", "z", "é", "😀"], t.Vocabulary);
        Assert.Equal([2, 3, 4, 1], t.Encode("zé😀a"));
        Assert.Equal([new(2, "z", 0, 1), new(4, "😀", 1, 2), new(1, "a", 3, 1)], t.Tokenize("z😀a"));
    }

    [Fact]
    public void What_was_encoded_is_decoded_to_the_same()
    {
        const string text = "Wir haben 3 Äpfel,\n\tund 😀!";
        var t = CharacterTokenizer.Build([text]);
        Assert.Equal(text, t.Decode(t.Encode(text)));
        Assert.Equal("", t.Decode([]));
        Assert.Empty(t.Encode(""));
    }

    [Fact]
    public void An_unknown_character_is_named_with_its_place_or_stands_for_itself()
    {
        string message = Assert.Throws<ArgumentException>(() => CharacterTokenizer.Build(["ab"]).Encode("aéb")).Message;
        Assert.Contains("'é' (U+00E9) at position 1 is none of the 2", message, StringComparison.Ordinal);
        var t = CharacterTokenizer.Build(["ab"], specials: [SpecialTokens.UnknownWord, SpecialTokens.EndWord]);
        Assert.Equal([2, 0, 3], t.Encode("aéb"));
        Assert.Equal("a<unk>b", t.Decode([2, 0, 3, 1]));
    }

    [Fact]
    public void Half_a_character_is_none()
    {
        var t = CharacterTokenizer.Build(["a\ud83d"]);
        Assert.Equal(["a", "\ufffd"], t.Vocabulary);
        Assert.Equal([1, 0], t.Encode("\ude00a"));
    }

    [Fact]
    public void A_number_of_another_vocabulary_is_refused() =>
        Assert.Contains("made for another model", Assert.Throws<ArgumentOutOfRangeException>(() => CharacterTokenizer.Build(["ab"]).Decode([0, 7])).Message, StringComparison.Ordinal);
}

namespace Candeia.Tests;

public class TensorNamesTests
{
    static OrderedDictionary<string, Tensor> Given(params string[] names)
    {
        OrderedDictionary<string, Tensor> tensors = [];
        foreach (string name in names) tensors.Add(name, Tensor.Arange(12).Reshape([6, 2]) + tensors.Count);
        return tensors;
    }

    static string[] Names(TensorNames rules, params string[] given) => [.. rules.Apply(Given(given)).Keys];

    [Theory]
    [InlineData("a.*", "b.*", "a.x.y", "b.x.y")]
    [InlineData("*.gamma", "*.weight", "ln.1.gamma", "ln.1.weight")]
    [InlineData("enc.*.att.*", "layers.*.*", "enc.3.att.q.w", "layers.3.q.w")]
    [InlineData("a*a", "*", "aa", "")]
    [InlineData("a*a", "*", "a", "a")]
    [InlineData("*.*.x", "*/*", "a.b.c.x", "a/b.c")]
    [InlineData("x", "y", "x", "y")]
    [InlineData("x", "y", "xx", "xx")]
    [InlineData("*", "pre.*", "x", "pre.x")]
    public void Stars_stand_for_the_same_text_on_both_sides(string from, string to, string name, string expected) =>
        Assert.Equal([expected], Names(TensorNames.AsTheyAre.Rename(from, to), name));

    [Fact]
    public void Rules_apply_one_after_the_other()
    {
        var rules = TensorNames.AsTheyAre.StripPrefix("module.").Rename("a", "b").Rename("b", "c").Drop("x.*").Rename(n => n == "gone" ? null : n);
        Assert.Equal(["c", "keep"], Names(rules, "module.a", "x.1", "gone", "keep"));
        Assert.Equal(["b.1", "b.2"], Names(TensorNames.AsTheyAre.Only("b.*"), "a.1", "b.1", "b.2"));
    }

    [Theory]
    [InlineData("state_dict.module.fc.weight,optimizer.state.0.exp_avg", "fc.weight")]
    [InlineData("model_state_dict.fc.weight,extra", "fc.weight")]
    [InlineData("model.fc.weight,model.fc.bias,epoch", "fc.weight,fc.bias")]
    [InlineData("module.fc.weight,module.fc.bias", "fc.weight,fc.bias")]
    [InlineData("_orig_mod.fc.weight", "fc.weight")]
    [InlineData("module.fc.weight,fc.bias", "module.fc.weight,fc.bias")]
    [InlineData("fc.weight", "fc.weight")]
    public void A_model_is_found_in_its_checkpoint(string given, string expected) =>
        Assert.Equal(expected.Split(','), Names(TensorNames.Checkpoint, given.Split(',')));

    [Fact]
    public void Parts_and_wholes_are_each_others_inverse()
    {
        var given = Given("h.0.qkv.w", "h.1.qkv.w", "other");
        var split = TensorNames.AsTheyAre.Split("*.qkv.w", 0, "*.q.w", "*.k.w", "*.v.w");
        var parts = split.Apply(given);
        Assert.Equal(["h.0.q.w", "h.0.k.w", "h.0.v.w", "h.1.q.w", "h.1.k.w", "h.1.v.w", "other"], parts.Keys);
        Assert.Equal([4L, 5, 6, 7], parts["h.0.k.w"].ToArray<long>());
        var joined = split.Join("*.qkv.w", 0, "*.q.w", "*.k.w", "*.v.w").Apply(given);
        Assert.Equal(given.Keys, joined.Keys);
        foreach (string name in given.Keys) Assert.Equal(given[name].ToArray<long>(), joined[name].ToArray<long>());
        var across = TensorNames.AsTheyAre.Split("other", -1, "l", "r").Apply(given);
        Assert.Equal([6, 1], across["r"].Shape);
    }

    [Fact]
    public void Tensors_are_transposed_and_changed()
    {
        var result = TensorNames.AsTheyAre.Transpose("*.weight").Change("*.scale", x => x * 2).Apply(Given("a.weight", "a.scale", "b"));
        Assert.Equal([2, 6], result["a.weight"].Shape);
        Assert.Equal(2, result["a.scale"][0, 0].Item());
        Assert.Equal([6, 2], result["b"].Shape);
    }

    [Fact]
    public void Tensors_that_are_dropped_are_not_read()
    {
        using var folder = new TemporaryFolder();
        Npz.Save(folder["x.npz"], Given("a", "b"));
        byte[] bytes = File.ReadAllBytes(folder["x.npz"]);
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) - 1] ^= 1;           // the last byte of b
        File.WriteAllBytes(folder["x.npz"], bytes);
        using var file = TensorFile.Open(folder["x.npz"]);
        Assert.Throws<TensorFileException>(() => TensorNames.AsTheyAre.Apply(file));
        Assert.Equal(["a"], TensorNames.AsTheyAre.Drop("b").Apply(file).Keys);
    }

    [Fact]
    public void What_cannot_be_is_refused_with_names()
    {
        Assert.Contains("'same'", Assert.Throws<TensorFileException>(() => Names(TensorNames.AsTheyAre.Rename("*", "same"), "a", "b")).Message, StringComparison.Ordinal);
        Assert.Contains("'h.v' is missing beside 'h.q'", Assert.Throws<TensorFileException>(() => Names(TensorNames.AsTheyAre.Join("*.all", 0, "*.q", "*.v"), "h.q")).Message, StringComparison.Ordinal);
        Assert.Contains("4 equal parts", Assert.Throws<TensorFileException>(() => Names(TensorNames.AsTheyAre.Split("a", 0, "b", "c", "d", "e"), "a")).Message, StringComparison.Ordinal);
        Assert.Contains("2 stars", Assert.Throws<ArgumentException>(() => TensorNames.AsTheyAre.Rename("a.*", "*.*")).Message, StringComparison.Ordinal);
    }
}

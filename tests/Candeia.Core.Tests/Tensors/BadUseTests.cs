namespace Candeia.Tests;

/// <summary>Bad use gets one sentence with both sides and the remedy.</summary>
public class BadUseTests
{
    static readonly Tensor s_float = Tensor.Ones([2, 2]), s_double = Tensor.Ones([2, 2], DType.Float64), s_there = Tensor.Ones([2, 2], device: new ForeignDevice());
    static readonly Tensor s_image = Tensor.Ones([1, 1, 4, 4]), s_position = Tensor.From([0L]);

    public static TheoryData<string> Uses => [.. s_uses.Keys];

    static readonly Dictionary<string, (Action Use, string[] Says)> s_uses = new()
    {
        ["devices, arithmetic"] = (() => _ = s_float + s_there, ["cpu", "test:0", "To(device)"]),
        ["devices, product"] = (() => s_there.MatMul(s_float), ["cpu", "test:0", "To(device)"]),
        ["devices, gradient"] = (() => Leaf(s_float).Grad = s_there, ["cpu", "test:0", "To(device)"]),
        ["types, product"] = (() => s_float.MatMul(s_double), ["Float32", "Float64", "To("]),
        ["types, linear"] = (() => s_float.Linear(s_double), ["Float32", "Float64", "To("]),
        ["types, convolution"] = (() => s_image.Conv2d(s_image.To(DType.Float64)), ["Float32", "Float64", "To("]),
        ["types, attention"] = (() => s_float.ScaledDotProductAttention(s_double, s_double), ["Float32", "Float64", "To("]),
        ["types, grid"] = (() => s_image.GridSample(Tensor.Zeros([1, 2, 2, 2], DType.Float64)), ["Float32", "Float64", "To("]),
        ["types, gradient"] = (() => Leaf(s_float).Grad = s_double, ["Float32", "Float64", "To("]),
        ["types, truth values"] = (() => Tensor.From([true]).MatMul(Tensor.From([true])), ["truth values", "To("]),
        ["types, complex"] = (() => Tensor.From([new System.Numerics.Complex(1, 2)]).To(DType.Float32), ["Complex128", "Float32", "Real()"]),
        ["shapes, product"] = (() => s_float.MatMul(Tensor.Ones([3, 2])), ["[2, 2]", "[3, 2]", "(2)", "(3)"]),
        ["shapes, broadcast"] = (() => _ = s_float + Tensor.Ones([3]), ["[2, 2]", "[3]"]),
        ["shapes, linear"] = (() => s_float.Linear(Tensor.Ones([4, 3])), ["[2, 2]", "3", "must be 3"]),
        ["shapes, reshape"] = (() => s_float.Reshape(3), ["[2, 2]", "[3]"]),
        ["shapes, written"] = (() => s_float.Clone().CopyFrom(Tensor.Ones([3])), ["[2, 2]", "[3]"]),
        ["written over, product"] = (WrittenOver, ["Sigmoid", "written in place", "Clone() before writing"]),
        ["written over, leaf"] = (() => Leaf(s_float)[0] = 1, ["leaf", "NoGrad"]),
        ["written over, stretched"] = (() => Tensor.Ones([1]).Expand(3).Fill(2), ["[3]", "Clone()"]),
        ["graph that is gone"] = (Twice, ["retainGraph"]),
        ["ended scope, read"] = (() => Ended().ToArray<float>(), ["scope that has ended", "Keep()"]),
        ["ended scope, used"] = (() => _ = Ended() + 1, ["scope that has ended", "Keep()"]),
        ["ended scope, written"] = (() => Ended().Fill(1), ["scope that has ended", "Keep()"]),
        ["index, fraction"] = (() => _ = s_float[Tensor.From([0.5f])], ["Float32", "Int64"]),
        ["index, of another rank"] = (() => s_float.IndexSelect(0, s_position.Reshape(1, 1)), ["vector", "[1, 1]"]),
        ["index, beyond"] = (() => s_float.IndexSelect(0, s_position + 7), ["7", "2"]),
        ["index, dimension"] = (() => s_float.Sum(5), ["5", "[2, 2]"]),
        ["whole numbers, mean"] = (() => Tensor.From([1, 2]).Mean(), ["Int32", "dtype:"]),
        ["whole numbers, gradient"] = (() => Tensor.From([1, 2]).RequiresGrad = true, ["Int32", "floating-point"]),
        ["an array, asked for as one number"] = (() => s_float.Item(), ["[2, 2]"]),
    };

    static Tensor Leaf(Tensor x)
    {
        var leaf = x.Clone();
        leaf.RequiresGrad = true;
        return leaf;
    }

    static void WrittenOver()
    {
        var y = Leaf(s_float).Sigmoid();
        var loss = y.Sum();
        using (Autograd.NoGrad()) y.Fill(0);
        loss.Backward();
    }

    static void Twice()
    {
        var loss = Leaf(s_float).Exp().Sum();
        loss.Backward();
        loss.Backward();
    }

    static Tensor Ended()
    {
        using var scope = Scope.Begin();
        return Tensor.Ones([2]);
    }

    [Theory, MemberData(nameof(Uses))]
    public void Is_refused_in_a_sentence_with_both_sides_and_the_remedy(string use)
    {
        var (act, says) = s_uses[use];
        var refusal = Assert.ThrowsAny<Exception>(act);
        Assert.True(refusal is ArgumentException or InvalidOperationException, refusal.ToString());
        Assert.All(says, word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
        string sentence = refusal.Message.Split(" (Parameter", 2)[0].Split("\n", 2)[0].TrimEnd();
        Assert.True(sentence.Length is > 20 and < 300 && char.IsUpper(sentence[0]) && sentence[^1] == '.', sentence);
    }
}

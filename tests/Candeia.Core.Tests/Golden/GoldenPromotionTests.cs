using System.Numerics;

namespace Candeia.Tests;

/// <summary>Which type comes out when types meet. Meetings that PyTorch refuses are left out: ours may be kinder.</summary>
public class GoldenPromotionTests
{
    static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> s_binary = new()
    {
        ["add"] = (a, b) => a + b,
        ["sub"] = (a, b) => a - b,
        ["mul"] = (a, b) => a * b,
        ["div"] = (a, b) => a / b,
        ["pow"] = (a, b) => a.Pow(b),
        ["floor_divide"] = (a, b) => a.FloorDivide(b),
        ["remainder"] = (a, b) => a.Remainder(b),
        ["maximum"] = (a, b) => a.Maximum(b),
        ["gt"] = (a, b) => a > b,
        ["eq"] = (a, b) => a.Eq(b),
        ["atan2"] = (a, b) => a.Atan2(b),
        ["where"] = (a, b) => Tensor.Ones([2], DType.Bool).Where(a, b),
        ["cat"] = (a, b) => Tensor.Cat([a, b]),
        ["matmul"] = (a, b) => a.MatMul(b),
    };

    static readonly Dictionary<string, Func<Tensor, Tensor>> s_unary = new()
    {
        ["neg"] = x => -x,
        ["abs"] = x => x.Abs(),
        ["sign"] = x => x.Sign(),
        ["exp"] = x => x.Exp(),
        ["sqrt"] = x => x.Sqrt(),
        ["sigmoid"] = x => x.Sigmoid(),
        ["relu"] = x => x.Relu(),
        ["floor"] = x => x.Floor(),
        ["round"] = x => x.Round(),
        ["reciprocal"] = x => x.Reciprocal(),
        ["logical_not"] = x => !x,
        ["sum"] = x => x.Sum(),
        ["mean"] = x => x.Mean(),
        ["prod"] = x => x.Prod(),
        ["amax"] = x => x.Amax(),
        ["argmax"] = x => x.ArgMax(),
        ["cumsum"] = x => x.Cumsum(0),
        ["any"] = x => x.Any(),
        ["all"] = x => x.All(),
        ["softmax"] = x => x.Softmax(0),
        ["std"] = x => x.Std(),
        ["norm"] = x => x.Norm(),
        ["square"] = x => x.Square(),
        ["clamp_int"] = x => x.Clamp(0, 1),
        ["clamp_float"] = x => x.Clamp(0.5, 1.5),
        ["logsumexp"] = x => x.LogSumExp([0]),
    };

    /// <summary>What is not offered for complex numbers, and refuses them.</summary>
    static readonly string[] s_real = ["exp", "sqrt", "sigmoid", "std"];

    static string[] Names(string list) => [.. Golden.Json("promotion").GetProperty(list).EnumerateArray().Select(name => name.GetString()!)];

    static IEnumerable<(string Op, string A, string B, string Expected)> Table(string name, string columns) =>
        from op in Golden.Json("promotion").GetProperty(name).EnumerateObject()
        from a in op.Value.EnumerateObject()
        from b in Names(columns).Zip(a.Value.GetString()!.Split(' '))
        where b.Second is not ("error" or "other")
        select (op.Name, a.Name, b.First, b.Second);

    static void Check(string table, string columns, Func<string, Tensor> second)
    {
        List<string> wrong = [];
        foreach (var (op, a, b, expected) in Table(table, columns))
        {
            string actual = Outcome(() => s_binary[op](Tensor.Ones([2], Type(a)), second(b)));
            if (actual != expected) wrong.Add($"{op}({a}, {b}) is {actual}, not {expected}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Two_tensors() => Check("tensors", "types", b => Tensor.Ones([2], Type(b)));

    [Fact]
    public void A_tensor_and_a_0_d_tensor() => Check("zero_d", "types", b => Tensor.Ones([], Type(b)));

    [Fact]
    public void A_tensor_and_a_number() => Check("scalars", "numbers", b => b switch { "bool" => true, "int" => 2, "float" => 2.5, "complex" => new Complex(1, 2), _ => throw new ArgumentException(b) });

    [Fact]
    public void One_tensor()
    {
        List<string> wrong = [];
        foreach (var op in Golden.Json("promotion").GetProperty("unary").EnumerateObject().Where(op => s_unary.ContainsKey(op.Name)))
            foreach (var (type, expected) in Names("types").Zip(op.Value.GetString()!.Split(' ')))
            {
                if (expected == "error" || op.Name is "any" or "all" && type == "uint8") continue;      // PyTorch keeps a uint8 from before it had bool
                if (DTypes.Named(type).IsComplex() && s_real.Contains(op.Name)) continue;
                string actual = Outcome(() => s_unary[op.Name](Tensor.Ones([2], Type(type))));
                if (actual != expected) wrong.Add($"{op.Name}({type}) is {actual}, not {expected}");
            }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    static string Outcome(Func<Tensor> compute)
    {
        try { return compute().DType.Name(); }
        catch (Exception e) { return $"{e.GetType().Name}: {e.Message}"; }
    }

    static DType Type(string name) => DTypes.Named(name);
}

using System.Text.Json;

namespace Candeia.Tests;

public class GoldenMovementTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> s_ops = new()
    {
        ["reshape"] = c => [c[0].Reshape(c.Case.Ints("shape")!)],
        ["flatten"] = c => [c[0].Flatten(c.Case.Int("start_dim"), c.Case.Int("end_dim", -1))],
        ["permute"] = c => [c[0].Permute(c.Case.Ints("dims")!)],
        ["transpose"] = c => [c[0].Transpose(c.Case.Int("dim0"), c.Case.Int("dim1"))],
        ["squeeze"] = c => [c.Case.Has("dim") ? c[0].Squeeze(c.Case.Int("dim")) : c[0].Squeeze()],
        ["unsqueeze"] = c => [c[0].Unsqueeze(c.Case.Int("dim"))],
        ["repeat"] = c => [c[0].Repeat(c.Case.Ints("repeats")!)],
        ["flip"] = c => [c[0].Flip(c.Case.Ints("dims")!)],
        ["narrow"] = c => [c[0].Narrow(c.Case.Int("dim"), c.Case.Int("start"), c.Case.Int("length"))],
        ["select"] = c => [c[0].Select(c.Case.Int("dim"), c.Case.Int("index"))],
        ["repeat_interleave"] = c => [c[0].RepeatInterleave(c.Case.Int("repeats"), c.Case.Int("dim"))],
        ["unfold"] = c => [c[0].Unfold(c.Case.Int("dimension"), c.Case.Int("size"), c.Case.Int("step"))],
        ["diagonal"] = c => [c[0].Diagonal(c.Case.Int("offset"), c.Case.Int("dim1"), c.Case.Int("dim2"))],
        ["diag"] = c => [c[0].Diag()],
        ["meshgrid"] = c => Tensor.MeshGrid(c.Inputs),
        ["tril"] = c => [c[0].Tril(c.Case.Int("diagonal"))],
        ["triu"] = c => [c[0].Triu(c.Case.Int("diagonal"))],

        ["cat"] = c => [Tensor.Cat(c.Inputs, c.Case.Int("dim"))],
        ["stack"] = c => [Tensor.Stack(c.Inputs, c.Case.Int("dim"))],
        ["split"] = c => c.Case.Args.GetProperty("split_size_or_sections").ValueKind == JsonValueKind.Array
            ? c[0].Split(c.Case.Ints("split_size_or_sections")!, c.Case.Int("dim")) : c[0].Split(c.Case.Int("split_size_or_sections"), c.Case.Int("dim")),
        ["chunk"] = c => c[0].Chunk(c.Case.Int("chunks"), c.Case.Int("dim")),
        ["unbind"] = c => [.. c[0]],

        ["index_select"] = c => [c[0].IndexSelect(c.Case.Int("dim"), c.Named("index")!)],
        ["gather"] = c => [c[0].Gather(c.Case.Int("dim"), c.Named("index")!)],
        ["scatter_add"] = c => [c[0].ScatterAdd(c.Case.Int("dim"), c.Named("index")!, c[1])],
        ["scatter"] = c => [c.Case.Has("value") ? c[0].Scatter(c.Case.Int("dim"), c.Named("index")!, c.Case.Number("value")) : c[0].Scatter(c.Case.Int("dim"), c.Named("index")!, c[1])],
        ["index_add"] = c => [c[0].IndexAdd(c.Case.Int("dim"), c.Named("index")!, c[1])],
        ["take_along_dim"] = c => [c[0].TakeAlongDim(c.Named("indices")!, c.Case.Int("dim"))],
        ["index"] = c => [c.Named("rows") is { } rows ? c[0][rows, c.Named("columns")!] : c.Named("columns") is { } columns ? c[0][.., columns] : c[0][(c.Named("mask") ?? c.Named("index"))!]],
        ["expand"] = c => [c[0].Expand(c.Case.Ints("size")!)],
        ["roll"] = c => [c[0].Roll(c.Case.Ints("shifts")!, c.Case.Ints("dims")!)],
        ["slice"] = c => [new SliceOp(c.Case.Int("dim"), c.Case.Int("start"), (c.Case.Int("stop") - c.Case.Int("start") + c.Case.Int("step") - 1) / c.Case.Int("step"), c.Case.Int("step")).Apply(c[0])],
        ["masked_fill"] = c => [c[0].MaskedFill(c.Named("mask")!, c.Case.Number("value"))],
        ["masked_select"] = c => [c[0].MaskedSelect(c.Named("mask")!)],
        ["nonzero"] = c => [c[0].NonZero()],
        ["one_hot"] = c => [c[0].OneHot(c.Case.Int("num_classes"))],
        ["sort"] = c => Pair(c[0].Sort(c.Case.Int("dim", -1), c.Case.Flag("descending"))),
        ["unique"] = c => c[0].Unique(true, true) is var (values, inverse, counts) ? [values, inverse!, counts!] : [],
        ["searchsorted"] = c => [c[0].SearchSorted(c.Named("values")!, c.Case.Flag("right"))],
        ["bincount"] = c => [c[0].BinCount(minLength: c.Case.Int("minlength"))],
        ["argsort"] = c => [c[0].ArgSort(c.Case.Int("dim"), c.Case.Flag("descending"))],
        ["topk"] = c => Pair(c[0].TopK(c.Case.Int("k"), c.Case.Int("dim"), c.Case.Flag("largest", true))),
    };

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("movement", op, s_ops[op]);

    static Tensor[] Pair((Tensor Values, Tensor Indices) pair) => [pair.Values, pair.Indices];
}

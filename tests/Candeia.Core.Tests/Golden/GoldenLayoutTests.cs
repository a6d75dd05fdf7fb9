using System.Text.Json;

namespace Candeia.Tests;

public class GoldenLayoutTests
{
    static readonly Dictionary<string, Func<GoldenCall, Tensor[]>> s_ops = new()
    {
        ["diagonal"] = c => [c[0].Diagonal(c.Case.Int("offset"), c.Case.Int("dim1"), c.Case.Int("dim2"))],
        ["diag_embed"] = c => [c[0].DiagEmbed(c.Case.Int("offset"), c.Case.Int("dim1"), c.Case.Int("dim2"))],
        ["diag"] = c => [c[0].Diag(c.Case.Int("diagonal"))],
        ["diagflat"] = c => [c[0].DiagFlat(c.Case.Int("offset"))],
        ["trace"] = c => [c[0].Trace()],

        ["logspace"] = c => [Tensor.Logspace(c.Case.Int("start"), c.Case.Int("end"), c.Case.Int("steps"), c.Case.Number("base"), c.Real)],
        ["tril_indices"] = c => [Tensor.TrilIndices(c.Case.Int("row"), c.Case.Int("col"), c.Case.Int("offset"))],
        ["triu_indices"] = c => [Tensor.TriuIndices(c.Case.Int("row"), c.Case.Int("col"), c.Case.Int("offset"))],
        ["meshgrid"] = c => Tensor.MeshGrid(c.Inputs, c.Case.Text("indexing") == "xy" ? MeshIndexing.XY : MeshIndexing.IJ),
        ["cartesian_prod"] = c => [Tensor.CartesianProd(c.Inputs)],
        ["combinations"] = c => [c[0].Combinations(c.Case.Int("r"), c.Case.Flag("with_replacement"))],
        ["vander"] = c => [c[0].Vander(c.Case.Has("N") ? c.Case.Int("N") : null, c.Case.Flag("increasing"))],
        ["block_diag"] = c => [Tensor.BlockDiag(c.Inputs)],

        ["as_strided"] = c => [c[0].AsStrided(c.Case.Ints("size")!, [.. c.Case.Ints("stride")!], c.Case.Int("storage_offset"))],
        ["unfold"] = c => [c[0].Unfold(c.Case.Int("dimension"), c.Case.Int("size"), c.Case.Int("step"))],
        ["rot90"] = c => [c[0].Rot90(c.Case.Int("k"), c.Case.Ints("dims")![0], c.Case.Ints("dims")![1])],
        ["fliplr"] = c => [c[0].FlipLR()],
        ["flipud"] = c => [c[0].FlipUD()],
        ["unflatten"] = c => [c[0].Unflatten(c.Case.Int("dim"), c.Case.Ints("sizes")!)],
        ["tile"] = c => [c[0].Tile(c.Case.Ints("dims")!)],
        ["repeat_interleave"] = c => [c.Named("counts") is { } counts ? c[0].RepeatInterleave(counts, Dim(c)) : c[0].RepeatInterleave(c.Case.Int("repeats"), Dim(c))],
        ["atleast_1d"] = c => [c[0].AtLeast1d()],
        ["atleast_2d"] = c => [c[0].AtLeast2d()],
        ["atleast_3d"] = c => [c[0].AtLeast3d()],
        ["broadcast_tensors"] = c => Tensor.BroadcastTensors(c.Inputs),

        ["hstack"] = c => [Tensor.HStack(c.Inputs)],
        ["vstack"] = c => [Tensor.VStack(c.Inputs)],
        ["dstack"] = c => [Tensor.DStack(c.Inputs)],
        ["column_stack"] = c => [Tensor.ColumnStack(c.Inputs)],

        ["unbind"] = c => c[0].Unbind(c.Case.Int("dim")),
        ["tensor_split"] = c => c.Case.Has("sections") ? c[0].TensorSplit(c.Case.Int("sections"), c.Case.Int("dim")) : c[0].TensorSplit(c.Case.Ints("indices")!, c.Case.Int("dim")),
        ["hsplit"] = c => c.Case.Has("sections") ? c[0].HSplit(c.Case.Int("sections")) : c[0].HSplit(c.Case.Ints("indices")!),
        ["vsplit"] = c => c.Case.Has("sections") ? c[0].VSplit(c.Case.Int("sections")) : c[0].VSplit(c.Case.Ints("indices")!),
        ["dsplit"] = c => c.Case.Has("sections") ? c[0].DSplit(c.Case.Int("sections")) : c[0].DSplit(c.Case.Ints("indices")!),
    };

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("layouts", op, s_ops[op]);

    static int? Dim(GoldenCall c) => c.Case.Args.GetProperty("dim").ValueKind == JsonValueKind.Null ? null : c.Case.Int("dim");
}

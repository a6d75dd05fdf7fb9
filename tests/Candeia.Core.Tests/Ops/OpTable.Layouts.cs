namespace Candeia.Tests;

/// <summary>Views, stacking and splitting.</summary>
static partial class OpTable
{
    static Row[] Layouts =>
    [
        On("diagonal", x => x[0].Diagonal(1, 2, 0), [2, 3, 4]), On("diag", x => x[0].Diag(-1), [3]), On("diag_flat", x => x[0].DiagFlat(), [2, 2]), On("diag_embed", x => x[0].DiagEmbed(1, 0, 2), [2, 3]),
        On("trace", x => x[0].Trace(), [3, 4]), On("vander", x => x[0].Vander(3), [4]), On("block_diag", x => Tensor.BlockDiag(x), [2, 3], [2], [1, 2]),
        On("mesh_grid", x => Tensor.MeshGrid(x, MeshIndexing.XY) is var grids ? grids[0] * grids[1] : x[0], [2], [3]), On("cartesian_prod", x => Tensor.CartesianProd(x), [2], [3]),
        On("combinations", x => x[0].Combinations(), [4]), On("unfold windows", x => x[0].Unfold(1, 3, 2), [2, 7, 2]), On("unfold windows that meet", x => x[0].Unfold(0, 2, 1), [4, 3]),
        On("as_strided", x => x[0].AsStrided([2, 3, 2], [4, 1, 1], 2), [3, 4]), On("unflatten", x => x[0].Unflatten(1, 2, -1), [2, 4]), On("tile", x => x[0].Tile(2, 1, 2), [2, 3]),
        On("repeat_interleave", x => x[0].RepeatInterleave(2, 1), [2, 3]), On("repeat_interleave by numbers", x => x[0].RepeatInterleave(Tensor.From([2L, 0, 1]), 1), [2, 3]),
        On("flip_lr", x => x[0].FlipLR(), [2, 3]), On("flip_ud", x => x[0].FlipUD(), [2, 3]), On("rot90", x => x[0].Rot90(-1, 1, 2), [2, 3, 4]), On("at_least_3d", x => x[0].AtLeast3d(), [2, 3]),
        On("h_stack", x => Tensor.HStack(x), [2, 1], [2, 3]), On("v_stack", x => Tensor.VStack(x), [3], [2, 3]), On("d_stack", x => Tensor.DStack(x), [2, 3], [2, 3]), On("column_stack", x => Tensor.ColumnStack(x), [2], [2, 3]),
        On("unbind", x => x[0].Unbind(1)[2], [2, 3]), On("tensor_split", x => x[0].TensorSplit(2)[1], [5, 2]), On("h_split", x => x[0].HSplit([1])[1], [2, 3]),
        On("broadcast_tensors", x => Tensor.BroadcastTensors(x) is var all ? all[0] * all[1] : x[0], [2, 1], [3]),
    ];
}

namespace Candeia.Gpu;

/// <summary>How a matrix of a product lies in memory.</summary>
/// <param name="Step">The distance from row to row, or, if it is turned, from column to column; the elements of these are neighbours.</param>
/// <param name="IsTurned">Whether columns lie one behind the other, not rows.</param>
/// <param name="Batch">The distance from matrix to matrix.</param>
/// <param name="Alignment">A power of two that divides the address of the first, in bytes.</param>
internal readonly record struct ProductMatrix(long Step, bool IsTurned, long Batch, uint Alignment);

/// <summary>Products y = a·b of <paramref name="Count"/> pairs of matrices [rows, depth] and [depth, columns], as a library of the device's makers is asked for them.</summary>
/// <param name="DType">The type of all elements.</param>
/// <param name="IsCoarse">Whether factors may be rounded to TF32.</param>
/// <param name="Rows">Rows of y.</param>
/// <param name="Columns">Columns of y.</param>
/// <param name="Depth">How many products are summed.</param>
/// <param name="Count">How many pairs there are.</param>
/// <param name="A">How the first matrices lie.</param>
/// <param name="B">How the second ones lie.</param>
/// <param name="Y">How the results lie, which are not turned.</param>
/// <param name="HasBias">Whether a row is added to each row of y.</param>
/// <param name="IsRelu">Whether what is negative becomes 0 at the end.</param>
internal readonly record struct ProductShape(
    DType DType, bool IsCoarse, long Rows, long Columns, long Depth, long Count, ProductMatrix A, ProductMatrix B, ProductMatrix Y, bool HasBias, bool IsRelu);

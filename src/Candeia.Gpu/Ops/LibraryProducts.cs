namespace Candeia.Gpu;

/// <summary>Products by a library of the device's makers, where there is one and the matrices lie as it takes them.</summary>
internal static class LibraryProducts
{
    /// <summary>y = a·b, with a bias and ReLU if wanted; false where the own kernel has to do it.</summary>
    public static bool TryRun(GpuDevice device, Operand y, Operand a, Operand b, Loops outer, Operand? bias, bool isRelu)
    {
        if (y.DType is not (DType.Float32 or DType.Float64) || a.DType != y.DType || b.DType != y.DType || outer.Rank > 1 || y.Layout.Strides[^1] != 1) return false;
        if (bias is { } row && (row.DType != y.DType || row.Layout.Strides[0] != 1)) return false;
        if (Of(a, outer.Stride(0, 1)) is not { } first || Of(b, outer.Stride(0, 2)) is not { } second || Of(y, outer.Stride(0, 0)) is not { IsTurned: false } result) return false;
        var shape = y.Layout.Shape;
        var prepared = device.Product(new(y.DType, Rounding.IsTf32Allowed, shape[^2], shape[^1], a.Layout.Shape[^1], outer.Steps, first, second, result, bias is not null, isRelu));
        if (prepared.IsNone) return false;
        var launch = new Launch(device, isLarge: true).Operand(a.InBytes()).Operand(b.InBytes()).Operand(y.InBytes());
        if (bias is { } added) launch.Operand(added.InBytes());
        launch.Run(prepared, 1, 1);
        return true;
    }

    // Of one row or column the step is of no account.
    static ProductMatrix? Of(Operand x, long batch)
    {
        long rows = x.Layout.Shape[^2], columns = x.Layout.Shape[^1], down = x.Layout.Strides[^2], across = x.Layout.Strides[^1];
        if (batch < 0) return null;
        long from = x.Layout.Offset * x.DType.Size();
        uint alignment = (uint)Math.Min(256, from == 0 ? 256 : from & -from);
        if ((across == 1 || columns == 1) && (down >= columns || rows == 1)) return new(rows == 1 ? columns : down, IsTurned: false, batch, alignment);
        return down == 1 && across >= rows ? new(across, IsTurned: true, batch, alignment) : null;
    }
}

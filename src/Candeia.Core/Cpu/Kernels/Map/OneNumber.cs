namespace Candeia.Kernels;

/// <summary>The functions of registers for one number: unlike <see cref="Math"/>'s, which ask the system's C library, they have the same bits on every system.</summary>
internal static unsafe class OneNumber
{
    /// <summary>eˣ; 0 for minus infinity.</summary>
    public static double Exp(double x) => Value(Functions.Exp(V1<double>.Const(x)));

    /// <summary>The natural logarithm of a positive normal number; less than −700 for zero.</summary>
    public static double Log(double x) => Value(Functions.Log(V1<double>.Const(x)));

    static double Value(V1<double> register)
    {
        double value;
        register.Store((byte*)&value);
        return value;
    }
}

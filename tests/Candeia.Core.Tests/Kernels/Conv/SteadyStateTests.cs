using Candeia.Kernels;

namespace Candeia.Tests;

public unsafe class SteadyStateTests
{
    [Fact]
    public void A_repeated_step_allocates_nothing_on_the_calling_thread()
    {
        foreach (var s in new ConvShape[] { new(9, 32, 8, 8, 64, 3, 3),
            new(3, 5, 9, 8, 7, 3, 3) { PaddingHeight = 1, PaddingWidth = 1, StrideWidth = 2 } })
        {
            var x = new float[s.Batch * s.Height * s.Width * s.InChannels];
            var w = new float[s.OutChannels * s.GroupIn * s.Taps];
            var y = new float[s.Batch * (s.OutHeight / 2) * (s.OutWidth / 2) * s.OutChannels];
            float[] dx = new float[x.Length], dw = new float[w.Length], db = new float[s.OutChannels];
            var mask = new byte[Convolution.MaskBytes(s)];
            fixed (float* px = x, pw = w, py = y, pdx = dx, pdw = dw, pdb = db)
            fixed (byte* pm = mask)
            {
                long before = 0;
                for (int i = 0; i < 3; i++)
                {
                    before = GC.GetAllocatedBytesForCurrentThread();
                    Convolution.Forward(s, px, pw, pdb, py, new(true, double.PositiveInfinity, ConvPool.Average), pm);
                    Convolution.Backward(s, px, pw, py, pdx, pdw, pdb, null, ConvPool.Average, pm);
                }
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            }
        }
    }
}

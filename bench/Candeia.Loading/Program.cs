using System.Diagnostics;
using System.Globalization;
using Candeia;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;

// Photographs as a network is trained on them, read from a folder: pictures a second, and memory, epoch by epoch. bench/loading runs it beside PyTorch.
//
//     Candeia.Loading draw FOLDER COUNT               draws JPEG files of 500×375 into FOLDER
//     Candeia.Loading read FOLDER EPOCHS [WORKERS]    reads them
//     Candeia.Loading parts FOLDER                    where the time of one picture goes, on one thread

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
SkiaCodecs.Register();
switch (args)
{
    case ["draw", var folder, var count]: Pictures.Draw(folder, int.Parse(count)); break;
    case ["read", var folder, var epochs, ..]: Reading.Run(folder, int.Parse(epochs), args.Length > 3 ? int.Parse(args[3]) : 2); break;
    case ["parts", var folder]: Parts.Run(folder); break;
    default: Console.Error.WriteLine("Candeia.Loading draw FOLDER COUNT | read FOLDER EPOCHS [WORKERS] | parts FOLDER"); return 2;
}
return 0;
